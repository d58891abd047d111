import type { Actor } from '../access/actor.ts';
import { requireScope } from '../access/permissions.ts';
import type { Ports } from '../access/ports.ts';
import type { RequestState } from '../change-requests/change-request.ts';
import { isUuid } from '../kernel/ids.ts';
import { type CursorCodec, cursorOf, cutPage, type PageArgs, type PageOf, readPage } from '../kernel/page.ts';
import { type ProposalView, readProposalPage } from './policy-reads.ts';

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
