import type { PodSecurityVerdict } from '../engine/pod-security.ts';
import type { RiskTier } from '../engine/risk.ts';
import type { WarningCode } from '../engine/warning.ts';
import { type ContainerAnswer, exceeds } from './import-answer.ts';
import { paragraph } from './resolve-layout.ts';
import { onOneLine, shownName } from './terminal-text.ts';

/** The containers of a file for a person to read: where each stands, what it gets, what to mind. */
export function renderContainers(answers: readonly ContainerAnswer[], maxTier: RiskTier | undefined): string {
  return answers.map((answer) => renderContainer(answer, maxTier)).join('\n');
}

function renderContainer(answer: ContainerAnswer, maxTier: RiskTier | undefined): string {
  const { name, position, spec, result, podSecurity, notes } = answer;
  const lines = [
    `${shownName(position.file)}:${position.line}:${position.column}: ${shownName(name)} (${spec.runtime})`,
  ];
  if ('error' in result) {
    lines.push(paragraph(`refused: ${onOneLine(result.error.message)}`, 2, 4));
  } else {
    const { risk, bounding, effective, warnings } = result;
    const mark = exceeds(answer, maxTier) ? `, above ${maxTier}` : '';
    lines.push(`  risk ${risk.score.toFixed(1)} of 100, ${risk.tier}${mark}`);
    lines.push(paragraph(`in effect (${effective.length}): ${short(effective)}`, 2, 4));
    const ceiling = bounding.filter((capability) => !effective.includes(capability));
    if (ceiling.length > 0) lines.push(paragraph(`only a ceiling (${ceiling.length}): ${short(ceiling)}`, 2, 4));
    for (const { code, message } of warnings)
      if (podSecurity === undefined || !POD_SECURITY.has(code))
        lines.push(paragraph(`${code}: ${onOneLine(message)}`, 2, 4));
  }
  if (podSecurity !== undefined) lines.push(paragraph(onOneLine(inWords(podSecurity)), 2, 4));
  for (const note of notes)
    lines.push(paragraph(`line ${note.position.line}: ${note.code}: ${onOneLine(note.message)}`, 2, 4));
  return `${lines.join('\n')}\n`;
}

/** Warnings about the words alone, which say less than what is said of the whole pod. */
const POD_SECURITY: ReadonlySet<WarningCode> = new Set([
  'ABOVE_POD_SECURITY_BASELINE',
  'ABOVE_POD_SECURITY_RESTRICTED',
]);

/** Host namespaces, volumes, seccomp and the rest of a pod are for the cluster itself to judge. */
const LOOKED_AT = 'Pod Security, of capabilities, privileged, user and escalation alone';

function inWords({ level, missing }: PodSecurityVerdict): string {
  const [admits, refuses] = level === 'baseline' ? ['baseline', 'restricted'] : ['only privileged', 'baseline'];
  if (level === 'restricted') return `${LOOKED_AT}: restricted admits it`;
  return `${LOOKED_AT}: ${admits} admits it, ${refuses} does not: ${missing.join('; ')}`;
}

function short(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.map((name) => name.replace(/^CAP_/, '')).join(' ');
}
