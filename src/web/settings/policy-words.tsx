import type { Condition, PolicyDocument, Rule } from '../../policy/policy-document.ts';
import { shortName } from '../ui/capability.tsx';
import { demandWords } from '../ui/demand-words.ts';

/** A policy, to be read from the top. */
export function PolicyWords({ policy }: { readonly policy: PolicyDocument }) {
  const groups = Object.entries(policy.groups);
  return (
    <div className="stack policy">
      <ol>
        {policy.rules.map((rule) => (
          <li key={rule.name}>
            <strong>{rule.name}</strong>
            <p>
              {conditionWords(rule.when)}: {consequenceWords(rule)}
            </p>
          </li>
        ))}
      </ol>
      {groups.map(([group, people]) => (
        <p key={group}>
          <strong>{group}</strong> <span className="dim">are {people.join(', ')}</span>
        </p>
      ))}
      <p className="dim">
        {policy.approveWithinInForce ? 'What grants nothing new is approved by itself. ' : 'Everything is looked at. '}
        Requests lapse after {policy.requestsLapseAfterDays} days. A change of this policy takes{' '}
        {demandWords(policy.policyChanges)}.
        {policy.breakGlass === null
          ? ' Nobody can give a short approval alone.'
          : ` In an emergency ${policy.breakGlass.group} may give one for up to ${policy.breakGlass.maxHours} hours.`}
      </p>
    </div>
  );
}

function conditionWords(when: Condition): string {
  const parts = [
    when.tier === undefined ? '' : `the tier is ${when.tier.join(' or ')}`,
    when.scoreAtLeast === undefined ? '' : `the score is ${when.scoreAtLeast} or more`,
    when.grants === undefined ? '' : `${when.grants.map(shortName).join(' or ')} is new`,
    when.privileged === undefined ? '' : `it is ${when.privileged ? '' : 'not '}privileged`,
    when.runtime === undefined ? '' : `the runtime is ${when.runtime.join(' or ')}`,
    when.team === undefined ? '' : `the team is ${when.team.join(' or ')}`,
    when.root === undefined ? '' : `it runs as ${when.root ? 'root' : 'another user than root'}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Always' : `When ${parts.join(' and ')}`;
}

function consequenceWords(rule: Rule): string {
  if (rule.deny !== undefined) return `nobody can approve it: ${rule.deny}`;
  const parts = [
    rule.require === undefined ? '' : `it takes ${demandWords(rule.require)}`,
    rule.longestLifeDays === undefined ? '' : `it holds for ${rule.longestLifeDays} days at the most`,
    rule.justifyEach === true ? 'each capability has to be justified' : '',
    rule.ticket === true ? 'a ticket has to be linked' : '',
  ].filter((part) => part !== '');
  return `${parts.join('; ')}${rule.last === true ? '. The rules below are not read' : ''}.`;
}
