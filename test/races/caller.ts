import { type Answer, type Client, clientAt } from '../support/client.ts';
import type { DeedKind, Outcome, Seen, SeenRequest } from './record.ts';
import { type Person, TEAM, uuidOf } from './stage.ts';

/** What a client sends: the mutation's input, without the word that is said with it. */
export interface Ask {
  readonly kind: DeedKind;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What was answered, with what those need who go on from there. */
export interface Told {
  readonly outcome: Outcome;
  readonly request?: RequestAnswer;
  readonly proposal?: ProposalAnswer;
  readonly emergency?: string;
}

interface RequestAnswer {
  readonly id: string;
  readonly state: string;
  readonly revision: { readonly number: number; readonly digest: string };
  readonly author: { readonly login: string };
  readonly reviews: readonly {
    readonly reviewer: { readonly login: string };
    readonly verdict: 'APPROVE' | 'REJECT';
    readonly digest: string;
    readonly revision: number;
  }[];
  readonly comments: readonly { readonly id: string; readonly suggestion: object | null }[];
}

interface ProposalAnswer {
  readonly id: string;
  readonly state: string;
  readonly digest: string;
}

type Gives = 'changeRequest' | 'policyProposal' | 'profile' | 'emergency';

const FIELDS: Readonly<Record<Gives, string>> = {
  changeRequest: `{ id state revision { number digest } author { login }
    reviews { reviewer { login } verdict digest revision } comments { id suggestion { digest } } }`,
  policyProposal: '{ id state digest }',
  profile: '{ id }',
  emergency: '{ id }',
};

/** The mutation of each deed, what it gives, and where its word stands. */
const MUTATIONS: Readonly<Partial<Record<DeedKind, readonly [field: string, gives: Gives, word: string | undefined]>>> =
  {
    request: ['requestProfile', 'changeRequest', 'justification'],
    renew: ['renewProfile', 'changeRequest', 'justification'],
    amend: ['amendChangeRequest', 'changeRequest', 'justification'],
    accept: ['acceptSuggestion', 'changeRequest', undefined],
    withdraw: ['withdrawChangeRequest', 'changeRequest', undefined],
    review: ['reviewChangeRequest', 'changeRequest', 'comment'],
    comment: ['commentOnChangeRequest', 'changeRequest', 'body'],
    suggest: ['suggestNarrower', 'changeRequest', 'body'],
    revoke: ['revokeProfile', 'profile', 'reason'],
    breakGlass: ['breakGlass', 'emergency', 'reason'],
    closeEmergency: ['closeEmergency', 'emergency', 'comment'],
    propose: ['proposePolicy', 'policyProposal', 'justification'],
    reviewPolicy: ['reviewPolicyProposal', 'policyProposal', 'comment'],
    withdrawPolicy: ['withdrawPolicyProposal', 'policyProposal', undefined],
  };

/** Asks the server at an address. Never fails: that nothing was answered is an answer too. */
export async function ask(address: string, who: Person, { kind, input }: Ask, word: string): Promise<Told> {
  try {
    const client = clientAt(address);
    const mutation = MUTATIONS[kind];
    if (mutation !== undefined) return await change(client, who, mutation, input, word);
    return await READS[kind as keyof typeof READS](client, who, input);
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: NodeJS.ErrnoException };
    return { outcome: { kind: 'unknown', why: cause?.code ?? message } };
  }
}

async function change(
  { gql }: Pick<Client, 'gql'>,
  who: Person,
  [field, gives, wordAt]: readonly [string, Gives, string | undefined],
  input: object,
  word: string,
): Promise<Told> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${gives} ${FIELDS[gives]} } }`;
  const said = wordAt === undefined ? input : { ...input, [wordAt]: word };
  const answer = await gql<{ done: Record<Gives, unknown> }>(who, mutation, { input: said });
  const given = answer.data?.done[gives];
  if (given === undefined) return { outcome: refusal(answer) };
  if (gives === 'changeRequest') return toldOfRequest(given as RequestAnswer);
  const { id } = given as { id: string };
  if (gives === 'profile') return { outcome: done({ of: 'profile', id: uuidOf('profile', id) }) };
  if (gives === 'emergency') return { outcome: done({ of: 'emergency', id: uuidOf('emergency', id) }), emergency: id };
  const proposal = given as ProposalAnswer;
  return { outcome: done({ of: 'proposal', id: uuidOf('policyProposal', id) }), proposal };
}

type Read = (client: Pick<Client, 'gql' | 'rest'>, who: Person, input: Ask['input']) => Promise<Told>;

const READS: Readonly<Record<'readRequest' | 'readHead' | 'readPolicy' | 'export', Read>> = {
  readRequest: async ({ gql }, who, input) => {
    const query = `query ($id: ID!) { changeRequest(id: $id) ${FIELDS.changeRequest} }`;
    const answer = await gql<{ changeRequest: RequestAnswer | null }>(who, query, input);
    if (answer.data === null || answer.errors.length > 0) return { outcome: refusal(answer) };
    const { changeRequest } = answer.data;
    if (changeRequest === null) return { outcome: { kind: 'refused', code: 'NOT_FOUND', message: 'null' } };
    return toldOfRequest(changeRequest);
  },
  readHead: async ({ gql }, who) => {
    const query = '{ auditEvents(first: 1) { nodes { id } } }';
    const answer = await gql<{ auditEvents: { nodes: { id: string }[] } }>(who, query);
    if (answer.data === null || answer.errors.length > 0) return { outcome: refusal(answer) };
    return { outcome: done({ of: 'head', seq: Number(answer.data.auditEvents.nodes[0]?.id) }) };
  },
  readPolicy: async ({ gql }, who) => {
    const answer = await gql<{ policy: { version: number } }>(who, '{ policy { version } }');
    if (answer.data === null || answer.errors.length > 0) return { outcome: refusal(answer) };
    return { outcome: done({ of: 'policy', version: answer.data.policy.version }) };
  },
  export: async ({ rest }, who, { name }) => {
    const path = `/v1/teams/${TEAM}/profiles/${String(name)}/export?format=docker-run`;
    const answer = await rest(who, path, { accept: 'application/json' });
    if (answer.status !== 200) return { outcome: refusal({ ...answer, errors: [] }) };
    const { digest, revision } = answer.json() as { digest: string; revision: number };
    return { outcome: done({ of: 'export', digest, revision }) };
  },
};

const done = (seen: Seen): Outcome => ({ kind: 'done', seen });

function toldOfRequest(request: RequestAnswer): Told {
  const { state, revision } = request;
  const seen: SeenRequest = {
    id: uuidOf('changeRequest', request.id),
    state,
    digest: revision.digest,
    revision: revision.number,
    reviews: request.reviews.map(({ reviewer, ...review }) => ({ ...review, login: reviewer.login })),
  };
  return { outcome: done({ of: 'request', request: seen }), request };
}

/** What UNAVAILABLE says is that nobody knows: the commit may have been the last that got through. */
function refusal(answer: Pick<Answer<unknown>, 'status' | 'code' | 'errors' | 'body'>): Outcome {
  const { status, code = `status ${status}`, errors, body } = answer;
  if (code === 'UNAVAILABLE') return { kind: 'unknown', why: code };
  const requestId = errors[0]?.extensions.requestId;
  return { kind: 'refused', code, message: requestId ?? errors[0]?.message ?? body };
}
