import { Awaiting } from './operations.gen.ts';
import { useAsk } from './queries.ts';
import { decides, useViewer } from './viewer.ts';

/** How many requests await whoever looks: `3`, or `100+` where there are more than are counted; undefined for none. */
export function useAwaiting(): string | undefined {
  const { data } = useAsk(Awaiting, {}, { enabled: decides(useViewer()) });
  if (data === undefined || data.changeRequests.nodes.length === 0) return undefined;
  const { nodes, pageInfo } = data.changeRequests;
  return `${nodes.length}${pageInfo.hasNextPage ? '+' : ''}`;
}
