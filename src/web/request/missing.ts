import type { CapSet } from '../../engine/cap-set.ts';
import { type Said, wordsWanted } from '../../policy/words-wanted.ts';
import type { Draft } from './draft.ts';
import type { Foresight } from './foresight.ts';

/** What has to be said before it can be sent, by field. */
export type Missing = {
  readonly [Field in 'team' | 'name' | 'words' | 'justification' | 'days' | 'ticket' | 'reasons']?: string | undefined;
};

/** What a draft says, as the service and the policy take it. */
export function saidIn({ days, ticket, reasons }: Draft): Said {
  const said = Object.entries(reasons)
    .map(([capability, reason]) => [capability, reason.trim()] as const)
    .filter(([, reason]) => reason !== '');
  return {
    expiresInDays: days === '' ? null : Number(days),
    ticket: ticket === '' ? null : ticket,
    capabilityReasons: Object.fromEntries(said),
  };
}

/**
 * What is still missing in a draft.
 * @param foresight what the policy makes of it; undefined where it is not asked
 */
export function missingOf(
  draft: Draft,
  foresight: Foresight | undefined,
  bounding: CapSet | undefined,
  inForce: CapSet | undefined,
): Missing {
  const { team, name, justification, days } = draft;
  const wanted =
    foresight?.kind === 'demanding' && bounding !== undefined
      ? wordsWanted(foresight, saidIn(draft), bounding, inForce)
      : undefined;
  const longest = wanted?.days ?? null;
  return {
    ...(team === '' && { team: 'Choose the team that the container belongs to' }),
    ...(!/^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/.test(name) && {
      name: 'Use 1 to 63 small letters, digits, dots and hyphens, such as edge-proxy',
    }),
    ...(justification.trim() === '' && { justification: 'Say what it is needed for: it is what reviewers go by' }),
    ...(longest !== null && { days: `The policy lets this hold for ${longest} days at the most` }),
    ...(wanted?.ticket === true && { ticket: 'The policy asks for a link to a ticket' }),
    ...((wanted?.reasons.length ?? 0) > 0 && { reasons: 'The policy asks why each of these is needed' }),
    ...(days !== '' && !/^[1-9]\d{0,3}$/.test(days) && { days: 'A whole number of days, 1 to 3650' }),
  };
}
