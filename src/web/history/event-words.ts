import type { AuditAction } from '../../kernel/audit-actions.ts';

/** An event as the API tells it. */
export interface EventSeen {
  readonly action: string;
  readonly subject: string;
  /** JSON. */
  readonly payload: string;
}

interface Payload {
  readonly [key: string]: unknown;
}

const text = (payload: Payload, key: string): string => {
  const value = payload[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const capital = (value: string): string => value.toLowerCase().replaceAll('_', ' ');

/** What somebody did, to be read after their name. Actions that this page does not know are said as they are. */
const WORDS: Readonly<Record<AuditAction, (payload: Payload) => string>> = {
  'org.created': (payload) => `founded the organization ${text(payload, 'slug')}`,
  'team.created': (payload) => `made the team ${text(payload, 'name')}`,
  'member.added': (payload) => `brought in ${text(payload, 'login')}${placeOf(payload)}`,
  'member.removed': (payload) => `took ${text(payload, 'login')} out of the organization`,
  'member.changed': (payload) => `changed what ${text(payload, 'login')} is${placeOf(payload)}`,
  'token.created': (payload) => `made the token “${text(payload, 'name')}” for ${text(payload, 'owner')}`,
  'token.rotated': (payload) => `renewed the token “${text(payload, 'name')}” of ${text(payload, 'owner')}`,
  'token.exchanged': () => 'got a short token for a job',
  'workloadRule.set': (payload) => `set the rule “${text(payload, 'name')}” for jobs`,
  'identityProvider.set': (payload) => `set the identity provider ${text(payload, 'name')}`,
  'identityProvider.confirmed': (payload) => `let the identity provider ${text(payload, 'name')} sign people in`,
  'identity.linked': () => 'linked an identity',
  'person.joined': () => 'became one person with another member',
  'token.revoked': (payload) => `revoked the token “${text(payload, 'name')}” of ${text(payload, 'owner')}`,
  'request.created': (payload) => `asked for revision ${text(payload, 'revision')}`,
  'request.amended': (payload) => `changed the request to revision ${text(payload, 'revision')}`,
  'request.withdrawn': () => 'withdrew the request',
  'request.reviewed': (payload) =>
    `${payload['verdict'] === 'REJECT' ? 'voted against' : 'voted for'} revision ${text(payload, 'revision')}`,
  'request.approved': (payload) => `brought revision ${text(payload, 'revision')} into force`,
  'request.rejected': (payload) => `rejected revision ${text(payload, 'revision')}`,
  'request.expired': () => 'let the request lapse: nobody decided in time',
  'request.commented': () => 'wrote about the request',
  'approval.expiring': (payload) => `reminds: revision ${text(payload, 'revision')} ends soon`,
  'approval.expired': (payload) => `saw revision ${text(payload, 'revision')} run out`,
  'emergency.opened': () => 'broke the glass',
  'emergency.closed': () => 'closed the emergency',
  'policy.proposed': () => 'proposed another policy',
  'policy.reviewed': (payload) => `voted ${payload['verdict'] === 'REJECT' ? 'against' : 'for'} the policy`,
  'policy.approved': (payload) => `brought policy ${text(payload, 'version')} into force`,
  'policy.rejected': () => 'closed the proposal: the policy stays as it is',
  'policy.withdrawn': () => 'withdrew the proposal of a policy',
  'signInLink.created': (payload) => `made a sign-in link for ${text(payload, 'login')}`,
  'session.begun': () => 'signed in',
  'session.ended': () => 'ended a session',
  'profile.revoked': (payload) => `took back revision ${text(payload, 'revision')}`,
};

/** What can be looked for, in words; what is looked for most comes first. */
const LABELS: Readonly<Record<AuditAction, string>> = {
  'request.created': 'Requests made',
  'request.amended': 'Requests changed',
  'request.reviewed': 'Votes',
  'request.approved': 'Approvals in force',
  'request.rejected': 'Rejections',
  'request.withdrawn': 'Withdrawals',
  'profile.revoked': 'Revocations',
  'request.commented': 'Comments',
  'request.expired': 'Lapsed requests',
  'policy.proposed': 'Policies proposed',
  'policy.approved': 'Policies in force',
  'session.begun': 'Sign-ins',
  'member.added': 'People brought in',
  'member.changed': 'Roles changed',
  'member.removed': 'People who left',
  'token.created': 'Tokens made',
  'token.revoked': 'Tokens revoked',
  'team.created': 'Teams made',
  'org.created': 'Organization founded',
  'token.rotated': 'Tokens renewed',
  'token.exchanged': 'Tokens for jobs',
  'workloadRule.set': 'Rules for jobs',
  'signInLink.created': 'Sign-in links',
  'identityProvider.set': 'Identity providers set',
  'identityProvider.confirmed': 'Identity providers confirmed',
  'identity.linked': 'Identities linked',
  'person.joined': 'People joined into one',
  'session.ended': 'Sessions ended',
  'approval.expiring': 'Approvals that end soon',
  'approval.expired': 'Approvals that ran out',
  'emergency.opened': 'Emergencies opened',
  'emergency.closed': 'Emergencies closed',
  'policy.reviewed': 'Votes about policies',
  'policy.rejected': 'Policies rejected',
  'policy.withdrawn': 'Policies withdrawn',
};

export const ACTIONS: readonly { readonly value: string; readonly label: string }[] = Object.entries(LABELS).map(
  ([value, label]) => ({ value, label }),
);

function placeOf(payload: Payload): string {
  const { teamRole, orgRole, team } = payload;
  const role = typeof orgRole === 'string' ? orgRole : (changeOf(orgRole) ?? changeOf(teamRole));
  if (role === undefined) return '';
  return team === undefined ? `: ${capital(role)}` : `: ${capital(role)} of ${text(payload, 'team')}`;
}

function changeOf(value: unknown): string | undefined {
  const { to } = (value ?? {}) as { to?: unknown };
  return typeof to === 'string' ? to : undefined;
}

export interface EventWords {
  /** To be read after the name of who did it. */
  readonly did: string;
  /** `team/name` of the profile that it is about. */
  readonly profile: { readonly team: string; readonly name: string } | undefined;
  /** What somebody wrote about it: a comment, a reason, a justification. */
  readonly said: string | undefined;
  readonly digest: string | undefined;
  readonly tier: string | undefined;
}

const isKnown = (action: string): action is AuditAction => Object.hasOwn(WORDS, action);

/** An event in words. */
export function wordsOfEvent({ action, payload }: EventSeen): EventWords {
  const read = readPayload(payload);
  const team = text(read, 'team');
  const name = text(read, 'profile');
  // The history of what was said names the comment by its id, and says it beside.
  const comment = text(read, action === 'request.commented' ? 'body' : 'comment');
  const said = comment || text(read, 'reason') || text(read, 'justification');
  const { tier } = (read['risk'] ?? {}) as { tier?: unknown };
  return {
    did: isKnown(action) ? WORDS[action](read) : action,
    profile: team !== '' && name !== '' ? { team, name } : undefined,
    said: said === '' ? undefined : said,
    digest: text(read, 'digest') || undefined,
    tier: typeof tier === 'string' ? tier : undefined,
  };
}

function readPayload(payload: string): Payload {
  try {
    return JSON.parse(payload) as Payload;
  } catch {
    return {};
  }
}
