import type { ProviderFactsFragment } from '../api/operations.gen.ts';
import { grantOf, grantValue } from './grant-words.ts';

export interface GroupRow {
  readonly id: number;
  readonly group: string;
  /** `grantValue` of what they are. */
  readonly gets: string;
}

/** A provider as it is being written. */
export interface ProviderDraft {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** What becomes of the secret: it stays, another one is given, or there is none. */
  readonly secret: 'keep' | 'give' | 'none';
  readonly clientSecret: string;
  readonly emailDomains: string;
  readonly scopes: string;
  readonly personClaim: string;
  readonly groupsClaim: string;
  readonly groups: readonly GroupRow[];
  readonly admitsUnknown: boolean;
  readonly enabled: boolean;
}

/** What stands in the form at first: the provider as it is, or what most providers want. */
export function draftOf(provider: ProviderFactsFragment | undefined): ProviderDraft {
  if (provider === undefined) {
    return {
      name: 'sso',
      issuer: '',
      clientId: '',
      secret: 'give',
      clientSecret: '',
      emailDomains: '',
      scopes: 'openid email',
      personClaim: 'sub',
      groupsClaim: '',
      groups: [],
      admitsUnknown: false,
      enabled: true,
    };
  }
  const { name, issuer, clientId, client, emailDomains, scopes, personClaim, groupsClaim, groups } = provider;
  return {
    name,
    issuer,
    clientId,
    secret: client.hasSecret ? 'keep' : 'none',
    clientSecret: '',
    emailDomains: emailDomains.join(', '),
    scopes: scopes.join(' '),
    personClaim,
    groupsClaim: groupsClaim ?? '',
    groups: groups.map((grant, id) => ({ id, group: grant.group, gets: grantValue(grant) })),
    admitsUnknown: provider.admitsUnknown,
    enabled: provider.enabled,
  };
}

const words = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

/** The draft as the API takes it. */
export function inputOf(draft: ProviderDraft) {
  const { secret, clientSecret, emailDomains, scopes, groupsClaim, groups, ...rest } = draft;
  return {
    ...rest,
    name: rest.name.trim(),
    personClaim: rest.personClaim.trim(),
    clientSecret: { keep: null, give: clientSecret, none: '' }[secret],
    emailDomains: words(emailDomains),
    scopes: words(scopes),
    groupsClaim: groupsClaim.trim() === '' ? null : groupsClaim.trim(),
    groups: groups.map(({ group, gets }) => grantOf(group, gets)),
  };
}
