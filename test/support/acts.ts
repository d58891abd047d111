import type { Verdict } from '../../src/change-requests/change-request.ts';
import { TEAM } from './cast.ts';
import type { Answer, Caller, Client, RestAnswer } from './client.ts';

/** A request as these tests look at it. */
export interface RequestSeen {
  readonly id: string;
  readonly state: string;
  readonly requiredApprovals: number;
  readonly justification: string;
  readonly decidedAt: string | null;
  readonly revision: { readonly number: number; readonly digest: string; readonly standing: string };
  readonly reviews: readonly ReviewSeen[];
}

export interface ReviewSeen {
  readonly reviewer: { readonly login: string };
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly digest: string;
  readonly revision: number;
  readonly standing: boolean;
}

const REQUEST_FIELDS = `
  id state requiredApprovals justification decidedAt
  revision { number digest standing }
  reviews { reviewer { login } verdict comment digest revision standing }`;

/** What somebody asks for, in short. */
export interface Wish {
  readonly team?: string;
  readonly name?: string;
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
  readonly privileged?: boolean;
  readonly user?: string | null;
  readonly noNewPrivileges?: boolean;
  readonly justification?: string;
  readonly expiresInDays?: number;
}

/** Specs by what the policy asks for them. */
export const MODERATE: Wish = { add: ['NET_BIND_SERVICE'], drop: ['ALL'] };
export const HIGH: Wish = { add: ['NET_ADMIN'], drop: ['ALL'] };
export const CRITICAL: Wish = { add: ['SYS_ADMIN'], drop: ['ALL'] };

type Changed = Promise<Answer<{ readonly changeRequest: RequestSeen }>>;

/** What people do to requests and profiles, each as one call. */
export interface Acts {
  request(who: Caller, wish?: Wish): Changed;
  amend(who: Caller, id: string, wish?: Wish): Changed;
  withdraw(who: Caller, id: string): Changed;
  review(who: Caller, request: Reviewable, verdict?: Verdict, comment?: string): Changed;
  revoke(who: Caller, name: string, reason?: string, team?: string): Promise<Answer<{ readonly profile: unknown }>>;
  find(who: Caller, id: string): Promise<RequestSeen | null>;
  export(who: Caller | undefined, name: string, format?: string, headers?: Record<string, string>): Promise<RestAnswer>;
  /** Requests and has it approved by these reviewers. */
  inForce(author: Caller, reviewers: readonly Caller[], wish?: Wish): Promise<RequestSeen>;
}

export interface Reviewable {
  readonly id: string;
  readonly revision: { readonly digest: string };
}

export function actsOf(client: Pick<Client, 'gql' | 'rest'>): Acts {
  const change = async (who: Caller, verb: string, input: object): Changed => {
    const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`;
    const mutation = `mutation ($input: ${type}!) { done: ${verb}(input: $input) { changeRequest { ${REQUEST_FIELDS} } } }`;
    return unwrapped(await client.gql<{ done: { changeRequest: RequestSeen } }>(who, mutation, { input }));
  };
  const acts: Acts = {
    request: (who, wish = {}) => {
      const { team = TEAM, name = 'web', justification = 'it serves the web', expiresInDays } = wish;
      return change(who, 'requestProfile', { team, name, justification, expiresInDays, spec: specOf(wish) });
    },
    amend: (who, id, wish = {}) =>
      change(who, 'amendChangeRequest', {
        id,
        spec: specOf(wish),
        justification: wish.justification ?? 'it serves the web, better',
      }),
    withdraw: (who, id) => change(who, 'withdrawChangeRequest', { id }),
    review: (who, { id, revision: { digest } }, verdict = 'APPROVE', comment) =>
      change(who, 'reviewChangeRequest', { id, digest, verdict, comment }),
    revoke: async (who, name, reason = 'no longer needed', team = TEAM) =>
      unwrapped(
        await client.gql<{ done: { profile: unknown } }>(
          who,
          `mutation ($input: RevokeProfileInput!) {
             done: revokeProfile(input: $input) { profile { name standing approved { number } } } }`,
          { input: { team, name, reason } },
        ),
      ),
    find: async (who, id) => {
      const query = `query ($id: ID!) { changeRequest(id: $id) { ${REQUEST_FIELDS} } }`;
      return (await client.gql<{ changeRequest: RequestSeen | null }>(who, query, { id })).ok().changeRequest;
    },
    export: (who, name, format = 'docker-run', headers = {}) =>
      client.rest(who, `/v1/teams/${TEAM}/profiles/${name}/export?format=${format}`, headers),
    inForce: async (author, reviewers, wish = {}) => {
      let { changeRequest } = (await acts.request(author, wish)).ok();
      for (const reviewer of reviewers) ({ changeRequest } = (await acts.review(reviewer, changeRequest)).ok());
      if (changeRequest.state !== 'APPROVED') throw new Error(`not approved by ${reviewers.length} reviewers`);
      return changeRequest;
    },
  };
  return acts;
}

export function specOf({ add = [], drop = [], privileged, user, noNewPrivileges }: Wish): object {
  return { add, drop, privileged, user, noNewPrivileges };
}

/** Takes what a mutation gave out of its `done`. */
function unwrapped<Data>(answer: Answer<{ readonly done: Data }>): Answer<Data> {
  return { ...answer, data: answer.data?.done ?? null, ok: () => answer.ok().done };
}
