import '../audit/audit.graphql.ts';
import '../audit/subscription.graphql.ts';
import '../change-requests/change-request-mutations.graphql.ts';
import '../change-requests/change-requests.graphql.ts';
import '../change-requests/comments.graphql.ts';
import '../change-requests/lately.graphql.ts';
import '../change-requests/requirements.graphql.ts';
import '../emergencies/emergencies.graphql.ts';
import '../identity/providers.graphql.ts';
import '../identity/sessions.graphql.ts';
import '../identity/workloads.graphql.ts';
import '../overview/overview.graphql.ts';
import '../policies/policies.graphql.ts';
import '../profiles/imports.graphql.ts';
import '../profiles/operations.graphql.ts';
import '../profiles/profiles.graphql.ts';
import '../profiles/resolution.graphql.ts';
import '../profiles/runtimes.graphql.ts';
import '../teams/members.graphql.ts';
import '../teams/leaving.graphql.ts';
import '../teams/teams.graphql.ts';
import '../teams/tokens.graphql.ts';
import '../teams/viewer.graphql.ts';
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';

/** The schema, gathered from the features. */
export function createSchema(): GraphQLSchema {
  return builder.toSchema();
}
