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
import { Broken } from './broken.tsx';
import { Lost } from './lost.tsx';
import { part } from './part.ts';
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
    component: lazyRouteComponent(
      part(() => import('../overview/overview-page.tsx')),
      'OverviewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(
      part(() => import('../sign-in/link-page.tsx')),
      'LinkPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/request',
    validateSearch: readRequestSearch,
    component: lazyRouteComponent(
      part(() => import('../request/request-page.tsx')),
      'RequestPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/review',
    validateSearch: readQueueSearch,
    loader: ({ location }) =>
      ahead((viewer) => reads(viewer) && askQueueAhead(viewer, readQueueSearch(location.search))),
    component: lazyRouteComponent(
      part(() => import('../review/queue-page.tsx')),
      'QueuePage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$id',
    validateSearch: readQueueSearch,
    loader: ({ params: { id } }) => ahead((viewer) => reads(viewer) && askAhead(ReviewRequest, { id })),
    component: lazyRouteComponent(
      part(() => import('../review/review-page.tsx')),
      'ReviewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles',
    validateSearch: readProfilesSearch,
    loader: ({ location }) =>
      ahead((viewer) => reads(viewer) && askRowsAhead(...profilesLike(readProfilesSearch(location.search)))),
    component: lazyRouteComponent(
      part(() => import('../profiles/profiles-page.tsx')),
      'ProfilesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name',
    validateSearch: readProfileSearch,
    loader: ({ params: { team, name } }) =>
      ahead((viewer) => reads(viewer) && askAhead(ProfilePageData, { team, name })),
    component: lazyRouteComponent(
      part(() => import('../profiles/profile-page.tsx')),
      'ProfilePage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name/renew',
    component: lazyRouteComponent(
      part(() => import('../profiles/renew-page.tsx')),
      'RenewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/profiles/$team/$name/emergency',
    component: lazyRouteComponent(
      part(() => import('../emergencies/break-glass-page.tsx')),
      'BreakGlassPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/emergencies',
    component: lazyRouteComponent(
      part(() => import('../emergencies/emergencies-page.tsx')),
      'EmergenciesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/history',
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(
      part(() => import('../history/history-page.tsx')),
      'HistoryPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(
      part(() => import('../settings/people-page.tsx')),
      'PeoplePage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/policy',
    component: lazyRouteComponent(
      part(() => import('../settings/policy-page.tsx')),
      'PolicyPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/tokens',
    component: lazyRouteComponent(
      part(() => import('../settings/tokens-page.tsx')),
      'TokensPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/sign-in',
    component: lazyRouteComponent(
      part(() => import('../settings/sign-in-page.tsx')),
      'SignInPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings/software',
    component: lazyRouteComponent(
      part(() => import('../settings/software-page.tsx')),
      'SoftwarePage',
    ),
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
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof ROUTER;
  }
}
