import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask } from './ask.ts';
import type { Operation } from './operation.ts';
import { isPassing, type ServiceError } from './service-error.ts';

const TRIES = 4;

/** For how long an answer is taken as it is when somebody comes back to it (milliseconds). */
const FRESH = 15_000;

/** What was asked is kept and shown while it is asked again; what passes by itself is tried again. */
export const QUERIES = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      retry: (count, error) => isPassing(error) && count < TRIES,
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 10_000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Lists of which more pages than this were read are not asked again by themselves: that would take too long. */
const MOST_PAGES = 3;

function isLong({ state }: { readonly state: { readonly data: unknown } }): boolean {
  const { pages } = (state.data ?? {}) as { readonly pages?: readonly unknown[] };
  return pages !== undefined && pages.length > MOST_PAGES;
}

/** Asks for everything again that is shown, since something has changed. Long lists say that they are out of date. */
export async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ predicate: isLong, refetchType: 'none' }),
    queries.invalidateQueries({ predicate: (query) => !isLong(query) }),
  ]);
}

interface AskOptions {
  readonly enabled?: boolean;
  /** Keeps showing the former answer while the next one is on its way. */
  readonly keep?: boolean;
  /** What never changes while the page is open is not asked again. */
  readonly forever?: boolean;
}

const queryOf = <Result, Variables>(operation: Operation<Result, Variables>, variables: Variables) => ({
  queryKey: [operation.name, variables],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(operation, variables, signal),
});

/** Asks before anything is there to show the answer, which is on its way by then. Undefined where none came. */
export function askAhead<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
): Promise<Result | undefined> {
  return QUERIES.fetchQuery<Result>(queryOf(operation, variables)).catch(() => undefined);
}

/** The answer to a query, kept up to date. */
export function useAsk<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  { enabled = true, keep = false, forever = false }: AskOptions = {},
): UseQueryResult<Result, ServiceError> {
  return useQuery<Result, ServiceError, Result>({
    ...queryOf(operation, variables),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    staleTime: forever ? Number.POSITIVE_INFINITY : FRESH,
  });
}

interface Change<Result, Variables>
  extends Pick<
    UseMutationResult<Result, ServiceError, Variables>,
    'data' | 'error' | 'isPending' | 'isSuccess' | 'reset' | 'variables'
  > {
  /** `onSuccess` is called also where what asked is shown no more by then, because of what it has changed. */
  mutate(variables: Variables, then?: { readonly onSuccess: (result: Result) => void }): void;
}

/** Changes something; everything that is shown is asked again once it is done. */
export function useChange<Result, Variables>(operation: Operation<Result, Variables>): Change<Result, Variables> {
  const { mutateAsync, ...mutation } = useMutation<Result, ServiceError, Variables>({
    mutationFn: (variables) => ask(operation, variables),
    onSuccess: () => refresh(QUERIES),
  });
  return {
    ...mutation,
    // What went wrong is in `error`.
    mutate: (variables, then) => void mutateAsync(variables).then(then?.onSuccess, () => undefined),
  };
}

interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Pages<Node> {
  readonly rows: readonly Node[] | undefined;
  /** Why the rows, or the next of them, are not there; rows that came before stay. */
  readonly error: ServiceError | null;
  readonly more: boolean;
  /** Whether something has happened since, and the list is too long to be asked again by itself. */
  readonly outdated: boolean;
  /** Begins anew with the first page. */
  readonly renew: () => void;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

interface Paged {
  readonly after?: string | null | undefined;
}

const pagesOf = <Result, Variables extends Paged, Node>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  connectionOf: (result: Result) => Connection<Node> | undefined,
) => ({
  queryKey: [operation.name, 'rows', variables],
  queryFn: ({ pageParam, signal }: { readonly pageParam: string | null; readonly signal: AbortSignal }) =>
    ask(operation, { ...variables, after: pageParam } as Variables, signal),
  initialPageParam: null,
  getNextPageParam: (last: Result) => {
    const info = connectionOf(last)?.pageInfo;
    return info?.hasNextPage === true ? info.endCursor : undefined;
  },
});

/** Asks for the first page of a list before anything is there to show it. */
export function askRowsAhead<Result, Variables extends Paged, Node>(
  ...rows: Parameters<typeof pagesOf<Result, Variables, Node>>
): void {
  void QUERIES.prefetchInfiniteQuery(pagesOf(...rows));
}

/** The rows of a list, page after page, as they are wanted. */
export function useRows<Result, Variables extends Paged, Node>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  connectionOf: (result: Result) => Connection<Node> | undefined,
  { enabled = true }: Pick<AskOptions, 'enabled'> = {},
): Pages<Node> {
  const query = pagesOf(operation, variables, connectionOf);
  const { queryKey } = query;
  const asked = useInfiniteQuery<Result, ServiceError, readonly Node[], readonly unknown[], string | null>({
    ...query,
    select: ({ pages }) => pages.flatMap((page) => connectionOf(page)?.nodes ?? []),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: (asking) => (isLong(asking) ? Number.POSITIVE_INFINITY : FRESH),
    refetchOnMount: (asking) => !isLong(asking),
    refetchOnReconnect: (asking) => !isLong(asking),
    refetchOnWindowFocus: (asking) => !isLong(asking),
  });
  return {
    rows: asked.data,
    error: asked.error,
    more: asked.hasNextPage,
    outdated: asked.isStale && isLong({ state: { data: QUERIES.getQueryData(queryKey) } }),
    renew: () => void QUERIES.resetQueries({ queryKey, exact: true }),
    loadingMore: asked.isFetchingNextPage,
    loadMore: () => void asked.fetchNextPage(),
    retry: () => void (asked.isFetchNextPageError ? asked.fetchNextPage() : asked.refetch()),
  };
}

/** The rows of a list that has to be there as a whole: the further pages are asked for as soon as one has come. */
export function useEveryRow<Result, Variables extends Paged, Node>(
  operation: Operation<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  connectionOf: (result: Result) => Connection<Node> | undefined,
  options?: Pick<AskOptions, 'enabled'>,
): Pages<Node> {
  const pages = useRows(operation, variables, connectionOf, options);
  const { more, loadingMore, error, loadMore } = pages;
  useEffect(() => {
    if (more && !loadingMore && error === null) loadMore();
  });
  return pages;
}
