import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import type { RequestState } from '../change-requests/change-request.ts';
import { decodeId, isUuid } from '../kernel/ids.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { type CurrentPolicy, currentPolicy } from './current-policy.ts';
import { type ProposalView, readProposal, readProposalPage } from './policy-reads.ts';

export const proposalCursor: CursorCodec<readonly [id: string]> = cursorOf(
  'policyProposals',
  ([id, ...rest]) => id !== undefined && isUuid(id) && rest.length === 0,
);

/** Proposals, newest first. Everybody may know what they are judged by. */
export async function listPolicyProposals(
  ports: Ports,
  actor: Actor,
  query: PageArgs & { readonly state?: RequestState | null | undefined },
): Promise<PageOf<ProposalView>> {
  requireScope(actor, 'profiles:read');
  const { first, after } = readPage(query, proposalCursor);
  const page = { after: after?.[0], limit: first + 1 };
  return cutPage(await readProposalPage(ports.storage.reader(actor), query.state ?? undefined, page), first);
}

/** The proposal of that id, or null where there is none. */
export async function findPolicyProposal(ports: Ports, actor: Actor, id: string): Promise<ProposalView | null> {
  requireScope(actor, 'profiles:read');
  const uuid = decodeId('policyProposal', id);
  return uuid === undefined ? null : ((await readProposal(ports.storage.reader(actor), uuid)) ?? null);
}

/** The proposal after the actor's own change of it. */
export async function readOwnProposal(ports: Ports, actor: Actor, uuid: string): Promise<ProposalView> {
  const proposal = await readProposal(ports.storage.reader(actor), uuid);
  if (proposal === undefined) throw new Error('a proposal vanished right after it was changed');
  return proposal;
}

/** The policy in force. */
export async function findPolicy(ports: Ports, actor: Actor): Promise<CurrentPolicy> {
  requireScope(actor, 'profiles:read');
  return currentPolicy(ports.storage.reader(actor));
}
