import { type CapSet, isEmpty, minus, size, toNames } from '../engine/cap-set.ts';
import { type CapabilityDecision, explain } from '../engine/explain.ts';
import { answerOperations, type OperationAnswer } from '../engine/operations/answer.ts';
import type { Refusal, Resolution } from '../engine/resolution.ts';
import type { RiskTier } from '../engine/risk.ts';
import { assessRisk, type RiskAssessment, type RiskContribution } from '../engine/risk-assessment.ts';
import { shownWord } from '../engine/shown-word.ts';
import type { Spec } from '../engine/spec.ts';
import { warn } from '../engine/warnings.ts';
import { type Paint, paragraph } from './resolve-layout.ts';

/** How many contributions are worth a person's time. */
const MOST_CONTRIBUTIONS = 8;

const TIER_COLOUR: Readonly<Record<RiskTier, 'green' | 'yellow' | 'red'>> = {
  none: 'green',
  low: 'green',
  moderate: 'yellow',
  high: 'red',
  critical: 'red',
  privileged: 'red',
};

/** Renders a resolution for a person: what one gets, why, how risky that is, and how to ask for less. */
export function renderText(resolution: Resolution, paint: Paint): string {
  const { spec, sets } = resolution;
  const assessment = assessRisk(sets.bounding, spec.privileged);
  return [
    paragraph(paint.bold(describe(spec))),
    section('What the container gets', setLines(resolution), paint),
    section('What it can do', operationLines(resolution), paint),
    section('Why', whyLines(explain(resolution)), paint),
    section(riskTitle(assessment, paint), riskLines(assessment), paint),
    section('To ask for less', lessLines(resolution, assessment), paint),
    section(
      'Mind',
      warn(resolution).map(({ code, message }) => paragraph(`${paint.yellow(code)}  ${message}`, 2, 4)),
      paint,
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}

/** Renders a runtime's refusal for a person. */
export function renderRefusal(spec: Spec, { message, issues }: Refusal, paint: Paint): string {
  const where = issues.map(({ path }) => flagAt(spec, path)).join(', ');
  return `${paint.red(`${spec.runtime} refuses this`)} (${where}): ${message}\n`;
}

/** The flag that a place of the spec came from: `--cap-add FOO` for `spec.add.0`. */
function flagAt(spec: Spec, path: string): string {
  const [, field = '', index] = path.split('.');
  const flag = { add: '--cap-add', drop: '--cap-drop', noNewPrivileges: '--no-new-privileges' }[field] ?? `--${field}`;
  const words = field === 'add' ? spec.add : spec.drop;
  const word = index === undefined ? undefined : words[Number(index)];
  return word === undefined ? flag : `${flag} ${shownWord(word)}`;
}

function describe(spec: Spec): string {
  const asked = [
    ...(spec.add.length === 0 ? [] : [`add ${spec.add.map(shownWord).join(' ')}`]),
    ...(spec.drop.length === 0 ? [] : [`drop ${spec.drop.map(shownWord).join(' ')}`]),
    ...(spec.privileged ? ['privileged'] : []),
    ...(spec.user === undefined ? [] : [`user ${shownWord(spec.user)}`]),
    ...(spec.noNewPrivileges ? ['no-new-privileges'] : []),
  ];
  return `${spec.runtime}: ${asked.length === 0 ? 'nothing asked' : asked.join(', ')}`;
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : [paint.bold(title), ...lines].join('\n');
}

function setLines({ sets }: Resolution): readonly string[] {
  const { bounding, permitted, effective, inheritable, ambient } = sets;
  const onlyCeiling = minus(bounding, effective);
  const lines = [setLine('in effect', effective)];
  if (!isEmpty(onlyCeiling)) lines.push(setLine('only a ceiling', onlyCeiling));
  if (!isEmpty(minus(permitted, effective))) lines.push(setLine('permitted', permitted));
  if (!isEmpty(inheritable)) lines.push(setLine('inheritable', inheritable));
  if (!isEmpty(ambient)) lines.push(setLine('ambient', ambient));
  return lines;
}

function setLine(label: string, set: CapSet): string {
  const names = isEmpty(set) ? 'nothing' : toNames(set).map(short).join(' ');
  return paragraph(`${label.padEnd(15)} ${String(size(set)).padStart(2)}  ${names}`, 2, 22);
}

/** What is allowed, and what may be; the rest of the catalogue is denied. */
function operationLines(resolution: Resolution): readonly string[] {
  const answers = answerOperations(resolution);
  const those = (wanted: OperationAnswer['answer']) => answers.filter(({ answer }) => answer === wanted);
  return [
    ...those('allowed').map(({ operation }) => paragraph(`yes      ${operation.title}`, 2, 11)),
    ...those('depends').map(({ operation, on }) =>
      paragraph(`depends  ${operation.title}, on ${on.join('; ')}`, 2, 11),
    ),
    `  no       the other ${those('denied').length} operations of the catalogue`,
  ];
}

/** The decisions, those with the same reason together. */
function whyLines(decisions: readonly CapabilityDecision[]): readonly string[] {
  const groups = Map.groupBy(decisions, ({ included, because }) => `${included ? 'in ' : 'out'} ${because}`);
  return [...groups]
    .toSorted(([a], [b]) => Number(b.startsWith('in')) - Number(a.startsWith('in')))
    .map(([reason, group]) =>
      paragraph(`${reason}\n${group.map(({ capability }) => short(capability)).join(' ')}`, 2, 6),
    );
}

function riskTitle({ score, tier, model }: RiskAssessment, paint: Paint): string {
  return `Risk ${paint[TIER_COLOUR[tier]](`${score.toFixed(1)} ${tier}`)} of 100 (${model})`;
}

function riskLines({ contributions }: RiskAssessment): readonly string[] {
  const shown = contributions.slice(0, MOST_CONTRIBUTIONS);
  const rest = contributions.slice(MOST_CONTRIBUTIONS);
  const share = rest.reduce((sum, contribution) => sum + contribution.share, 0);
  return [
    ...shown.map(contributionLine),
    ...(rest.length === 0 ? [] : [paragraph(`${percent(share)}  ${rest.length} more`, 2, 8)]),
  ];
}

function contributionLine({ id, capabilities, share, tier, why }: RiskContribution): string {
  const name = capabilities.length > 1 ? capabilities.map(short).join(' with ') : short(id);
  return paragraph(`${percent(share)}  ${name} (${tier}): ${why}`, 2, 8);
}

function lessLines({ spec, plan }: Resolution, { toNextLowerTier, contributions }: RiskAssessment): readonly string[] {
  const lines: string[] = [];
  if (toNextLowerTier !== undefined) {
    const drop = toNextLowerTier.drop.map(short).join(' ');
    lines.push(
      paragraph(`${drop === '' ? 'Without privileged' : `Without ${drop}`} the tier is ${toNextLowerTier.tier}.`, 2, 4),
    );
  }
  if (plan.start === 'defaults') {
    lines.push(paragraph('Drop ALL and add by name what the program uses; nothing then hangs on the defaults.', 2, 4));
  }
  const asked = new Set(spec.privileged ? ['privileged'] : toNames(plan.added));
  for (const { id, saferAlternatives } of contributions) {
    if (asked.has(id) && saferAlternatives.length > 0) {
      lines.push(`  Instead of ${short(id)}:`, ...saferAlternatives.map((text) => paragraph(`- ${text}`, 4, 6)));
    }
  }
  return lines;
}

function percent(share: number): string {
  return `${String(Math.round(share * 100)).padStart(3)} %`;
}

function short(name: string): string {
  return name.replace(/^CAP_/, '');
}
