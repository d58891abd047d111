import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { OverviewData, ProfilePageData, ReviewRequest } from '../api/operations.gen.ts';
import { askAhead, askRowsAhead } from '../api/queries.ts';
import type { ViewerSeen } from '../api/viewer.ts';
import { onceViewed } from '../api/viewer-ahead.ts';
import { readHistorySearch } from '../history/history-search.ts';
import { profilesLike } from '../profiles/profiles-asks.ts';
import { readProfileSearch, readProfilesSearch } from '../profiles/profiles-search.ts';
import { readRequestSearch } from '../request/request-search.ts';
import { askQueueAhead } from '../review/queue-asks.ts';
import { readQueueSearch } from '../review/queue-search.ts';
import { Waiting } from '../ui/page.tsx';
import { readAddress, writeAddress } from './address.ts';
import { Lost } from './lost.tsx';
import { Shell } from './shell.tsx';

const reads = ({ scopes }: ViewerSeen): boolean => scopes.includes('profiles:read');

function ahead(act: (viewer: ViewerSeen) => unknown): void {
  void onceViewed(act);
}

const root = createRootRoute({ component: Shell, notFoundComponent: Lost });

/**
 * Each page is a part of its own, fetched when somebody goes there or is about to. What the most visited ones show is asked
 * for meanwhile: their loaders wait for nothing, and what they asked for is there, or on its way, when the page is.
 */
const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    loader: () => ahead((viewer) => reads(viewer) && askAhead(OverviewData, {})),
    component: lazyRouteComponent(() => import('../overview/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('../sign-in/link-page.tsx'), 'LinkPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/request',
    validateSearch: readRequestSearch,
    component: lazyRouteComponent(() => import('../request/request-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/review',
    validateSearch: readQueueSearch,
    loader: ({ location }) =>
      ahead((viewer) => reads(viewer) && askQueueAhead(viewer, readQueueSearch(location.search))),
    component: lazyRouteComponent(() => import('../review/queue-page.tsx'), 'QueuePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$id',
    loader: ({ params: { id } }) => ahead((viewer) => reads(viewer) && askAhead(ReviewRequest, { id })),
    component: lazyRouteComponent(() => import('../review/review-page.tsx'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles',
    validateSearch: readProfilesSearch,
    loader: ({ location }) =>
      ahead((viewer) => reads(viewer) && askRowsAhead(...profilesLike(readProfilesSearch(location.search)))),
    component: lazyRouteComponent(() => import('../profiles/profiles-page.tsx'), 'ProfilesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name',
    validateSearch: readProfileSearch,
    loader: ({ params: { team, name } }) =>
      ahead((viewer) => reads(viewer) && askAhead(ProfilePageData, { team, name })),
    component: lazyRouteComponent(() => import('../profiles/profile-page.tsx'), 'ProfilePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name/renew',
    component: lazyRouteComponent(() => import('../profiles/renew-page.tsx'), 'RenewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name/emergency',
    component: lazyRouteComponent(() => import('../emergencies/break-glass-page.tsx'), 'BreakGlassPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/emergencies',
    component: lazyRouteComponent(() => import('../emergencies/emergencies-page.tsx'), 'EmergenciesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/history',
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(() => import('../history/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(() => import('../settings/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/policy',
    component: lazyRouteComponent(() => import('../settings/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/tokens',
    component: lazyRouteComponent(() => import('../settings/tokens-page.tsx'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/sign-in',
    component: lazyRouteComponent(() => import('../settings/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/software',
    component: lazyRouteComponent(() => import('../settings/software-page.tsx'), 'SoftwarePage'),
  }),
]);

export const ROUTER = createRouter({
  routeTree: routes,
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 250,
  defaultPendingComponent: Waiting,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof ROUTER;
  }
}
