// Written by scripts/web-operations.ts from the .graphql files of src/web and schema.graphql: change those.
import type { Operation } from './operation.ts';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AcceptSuggestionInput = {
  readonly id: string;
  readonly suggestion: string;
};

export type ActorKind =
  | 'HUMAN'
  | 'SERVICE';

export type AddMemberInput = {
  readonly email: string;
  readonly orgRole?: OrgRole | null | undefined;
  readonly team?: string | null | undefined;
  readonly teamRole?: TeamRole | null | undefined;
};

export type AmendChangeRequestInput = {
  readonly capabilityReasons?: ReadonlyArray<CapabilityReasonInput> | null | undefined;
  readonly id: string;
  readonly justification: string;
  readonly spec: ProfileSpecInput;
  readonly ticket?: string | null | undefined;
};

export type BreakGlassInput = {
  readonly hours: number;
  readonly name: string;
  readonly person: string;
  readonly reason: string;
  readonly spec: ProfileSpecInput;
  readonly team: string;
};

export type CapabilityReasonInput = {
  readonly capability: string;
  readonly reason: string;
};

export type ClaimConditionInput = {
  readonly claim: string;
  readonly pattern: string;
};

export type CloseEmergencyInput = {
  readonly comment: string;
  readonly id: string;
  readonly justified: boolean;
};

export type CommentOnChangeRequestInput = {
  readonly body: string;
  readonly id: string;
};

export type ConfirmIdentityProviderInput = {
  readonly name: string;
  readonly setAt: string;
};

export type CreateSignInLinkInput = {
  readonly member: string;
};

export type CreateTeamInput = {
  readonly name: string;
  readonly slug: string;
};

export type CreateTokenInput = {
  readonly expiresInDays?: number | null | undefined;
  readonly name: string;
  readonly owner: string;
  readonly scopes: ReadonlyArray<string>;
  readonly teams?: ReadonlyArray<string> | null | undefined;
};

export type ExportFormat =
  | 'COMPOSE'
  | 'DOCKER_API'
  | 'DOCKER_RUN'
  | 'ECS'
  | 'ECS_FARGATE'
  | 'KUBERNETES'
  | 'KUBERNETES_PATCH'
  | 'NERDCTL'
  | 'NOMAD'
  | 'OCI'
  | 'PODMAN_RUN'
  | 'POD_SECURITY'
  | 'QUADLET'
  | 'SYSTEMD';

export type GroupGrantInput = {
  readonly group: string;
  readonly orgRole?: OrgRole | null | undefined;
  readonly team?: string | null | undefined;
  readonly teamRole?: TeamRole | null | undefined;
};

export type OperationVerdict =
  | 'ALLOWED'
  | 'DENIED'
  | 'DEPENDS';

export type OrgRole =
  | 'APPROVER'
  | 'AUDITOR'
  | 'MEMBER'
  | 'OWNER';

export type ProfileSpecInput = {
  readonly add?: ReadonlyArray<string>;
  readonly drop?: ReadonlyArray<string>;
  readonly noNewPrivileges?: boolean;
  readonly privileged?: boolean;
  readonly runtime?: Runtime;
  readonly user?: string | null | undefined;
};

export type ProposePolicyInput = {
  readonly document: unknown;
  readonly justification: string;
};

export type RemoveMemberInput = {
  readonly login: string;
};

export type RenewProfileInput = {
  readonly capabilityReasons?: ReadonlyArray<CapabilityReasonInput> | null | undefined;
  readonly expiresInDays?: number | null | undefined;
  readonly justification: string;
  readonly name: string;
  readonly team: string;
  readonly ticket?: string | null | undefined;
};

export type RequestProfileInput = {
  readonly capabilityReasons?: ReadonlyArray<CapabilityReasonInput> | null | undefined;
  readonly expiresInDays?: number | null | undefined;
  readonly justification: string;
  readonly name: string;
  readonly spec: ProfileSpecInput;
  readonly team: string;
  readonly ticket?: string | null | undefined;
};

export type RequestState =
  | 'APPROVED'
  | 'EXPIRED'
  | 'PENDING'
  | 'REJECTED'
  | 'WITHDRAWN';

export type ReviewChangeRequestInput = {
  readonly comment?: string | null | undefined;
  readonly digest: string;
  readonly id: string;
  readonly verdict: Verdict;
};

export type ReviewPolicyProposalInput = {
  readonly comment?: string | null | undefined;
  readonly digest: string;
  readonly id: string;
  readonly verdict: Verdict;
};

export type RevokeProfileInput = {
  readonly name: string;
  readonly reason: string;
  readonly team: string;
};

export type RevokeSessionInput = {
  readonly id: string;
};

export type RevokeTokenInput = {
  readonly id: string;
};

export type RiskTier =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'MODERATE'
  | 'NONE'
  | 'PRIVILEGED';

export type RotateTokenInput = {
  readonly expiresInDays?: number | null | undefined;
  readonly id: string;
  readonly overlapHours?: number | null | undefined;
};

export type Runtime =
  | 'CONTAINERD'
  | 'CONTAINERD_CRUN'
  | 'CRIO'
  | 'DOCKER'
  | 'DOCKER_18_09'
  | 'DOCKER_SERVICE'
  | 'ECS'
  | 'FARGATE'
  | 'NERDCTL'
  | 'NOMAD'
  | 'NOMAD_EXEC'
  | 'PODMAN';

export type SetIdentityProviderInput = {
  readonly admitsUnknown?: boolean;
  readonly clientId: string;
  readonly clientSecret?: string | null | undefined;
  readonly emailDomains: ReadonlyArray<string>;
  readonly enabled?: boolean;
  readonly groups?: ReadonlyArray<GroupGrantInput>;
  readonly groupsClaim?: string | null | undefined;
  readonly issuer: string;
  readonly name: string;
  readonly personClaim?: string;
  readonly scopes?: ReadonlyArray<string>;
};

export type SetWorkloadRuleInput = {
  readonly audience: string;
  readonly claims: ReadonlyArray<ClaimConditionInput>;
  readonly enabled?: boolean;
  readonly issuer: string;
  readonly maxMinutes?: number;
  readonly name: string;
  readonly scopes?: ReadonlyArray<string>;
  readonly serviceAccount: string;
  readonly teams: ReadonlyArray<string>;
};

export type Standing =
  | 'EXPIRED'
  | 'IN_FORCE'
  | 'NOT_APPROVED'
  | 'REVOKED'
  | 'SUPERSEDED';

export type SuggestNarrowerInput = {
  readonly body: string;
  readonly digest: string;
  readonly id: string;
  readonly spec: ProfileSpecInput;
};

export type TeamRole =
  | 'MAINTAINER'
  | 'MEMBER';

export type Verdict =
  | 'APPROVE'
  | 'REJECT';

export type WithdrawChangeRequestInput = {
  readonly id: string;
};

export type WithdrawPolicyProposalInput = {
  readonly id: string;
};

export type WordsFragment = { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean };

export type WhoFragment = { readonly id: string, readonly kind: ActorKind, readonly login: string };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly scopes: ReadonlyArray<string>, readonly limitedToTeams: boolean, readonly member: { readonly id: string, readonly kind: ActorKind, readonly login: string, readonly orgRole: OrgRole }, readonly organization: { readonly slug: string }, readonly teams: ReadonlyArray<{ readonly role: TeamRole, readonly team: { readonly id: string, readonly slug: string, readonly name: string } }> } };

export type EmergencyFactsFragment = { readonly id: string, readonly reason: string, readonly openedAt: string, readonly endsAt: string, readonly usable: boolean, readonly closedAt: string | null, readonly justified: boolean | null, readonly closingComment: string | null, readonly person: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly openedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly closedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string } | null, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly number: number, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } };

export type EmergenciesToCloseQueryVariables = Exact<{ [key: string]: never; }>;


export type EmergenciesToCloseQuery = { readonly emergencies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly openedAt: string, readonly endsAt: string, readonly usable: boolean, readonly closedAt: string | null, readonly justified: boolean | null, readonly closingComment: string | null, readonly person: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly openedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly closedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string } | null, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly number: number, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } }> } };

export type ClosedEmergenciesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ClosedEmergenciesQuery = { readonly emergencies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly openedAt: string, readonly endsAt: string, readonly usable: boolean, readonly closedAt: string | null, readonly justified: boolean | null, readonly closingComment: string | null, readonly person: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly openedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly closedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string } | null, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly number: number, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PeopleToGiveToQueryVariables = Exact<{
  team: string;
}>;


export type PeopleToGiveToQuery = { readonly team: { readonly members: ReadonlyArray<{ readonly member: { readonly id: string, readonly login: string } }> } | null };

export type BreakGlassMutationVariables = Exact<{
  input: BreakGlassInput;
}>;


export type BreakGlassMutation = { readonly breakGlass: { readonly emergency: { readonly id: string } } };

export type CloseEmergencyMutationVariables = Exact<{
  input: CloseEmergencyInput;
}>;


export type CloseEmergencyMutation = { readonly closeEmergency: { readonly emergency: { readonly id: string, readonly closedAt: string | null } } };

export type HistoryQueryVariables = Exact<{
  team?: string | null | undefined;
  profile?: string | null | undefined;
  action?: string | null | undefined;
  actor?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type HistoryQuery = { readonly auditEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly action: string, readonly subject: string, readonly payload: string, readonly leafHash: string, readonly actor: { readonly id: string, readonly kind: ActorKind, readonly login: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BeginningQueryVariables = Exact<{ [key: string]: never; }>;


export type BeginningQuery = { readonly teams: { readonly nodes: ReadonlyArray<{ readonly id: string }> }, readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ActorKind, readonly orgRole: OrgRole }> }, readonly changeRequests: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly author: { readonly login: string } }> }, readonly auditEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly actor: { readonly login: string } }> } };

export type OverviewDataQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewDataQuery = { readonly overview: { readonly medianToDecision: number | null, readonly ninthToDecision: number | null, readonly tiers: ReadonlyArray<{ readonly tier: RiskTier, readonly count: number }>, readonly capabilities: ReadonlyArray<{ readonly capability: string, readonly count: number }>, readonly weeks: ReadonlyArray<{ readonly start: string, readonly made: number, readonly approved: number, readonly rejected: number }> }, readonly emergencies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly openedAt: string, readonly endsAt: string, readonly usable: boolean, readonly closedAt: string | null, readonly justified: boolean | null, readonly closingComment: string | null, readonly person: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly openedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly closedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string } | null, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly number: number, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } }> }, readonly profiles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly team: { readonly slug: string }, readonly approved: { readonly expiresAt: string | null, readonly resolution: { readonly risk: { readonly score: number, readonly tier: RiskTier } } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type MyRequestsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MyRequestsQuery = { readonly changeRequests: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly createdAt: string, readonly requiredApprovals: number, readonly staleJudgement: boolean, readonly suggestionCount: number, readonly reviews: ReadonlyArray<{ readonly verdict: Verdict, readonly standing: boolean }>, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly resolution: { readonly risk: { readonly tier: RiskTier, readonly score: number } } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProfilesQueryVariables = Exact<{
  search?: string | null | undefined;
  team?: string | null | undefined;
  tier?: RiskTier | null | undefined;
  grants?: string | null | undefined;
  expiringInDays?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ProfilesQuery = { readonly profiles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly standing: Standing, readonly team: { readonly slug: string, readonly name: string }, readonly approved: { readonly number: number, readonly approvedAt: string | null, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime }, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } | null, readonly pending: { readonly id: string } | null, readonly emergencies: ReadonlyArray<{ readonly id: string, readonly usable: boolean }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProfilePageDataQueryVariables = Exact<{
  team: string;
  name: string;
}>;


export type ProfilePageDataQuery = { readonly profile: { readonly id: string, readonly name: string, readonly createdAt: string, readonly standing: Standing, readonly team: { readonly id: string, readonly slug: string, readonly name: string }, readonly pending: { readonly id: string, readonly createdAt: string, readonly author: { readonly login: string } } | null, readonly emergencies: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly openedAt: string, readonly endsAt: string, readonly usable: boolean, readonly closedAt: string | null, readonly justified: boolean | null, readonly closingComment: string | null, readonly person: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly openedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly closedBy: { readonly id: string, readonly kind: ActorKind, readonly login: string } | null, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly number: number, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } }>, readonly lastApproved: { readonly number: number, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly revokedBy: string | null, readonly revocationReason: string | null } | null, readonly approved: { readonly number: number, readonly digest: string, readonly approvedAt: string | null, readonly expiresAt: string | null, readonly author: { readonly login: string }, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean }, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly effective: ReadonlyArray<string>, readonly ceilingOnly: ReadonlyArray<string>, readonly risk: { readonly score: number, readonly tier: RiskTier } } } | null } | null };

export type RevisionsQueryVariables = Exact<{
  team: string;
  name: string;
  after?: string | null | undefined;
}>;


export type RevisionsQuery = { readonly profile: { readonly revisions: { readonly nodes: ReadonlyArray<{ readonly number: number, readonly digest: string, readonly standing: Standing, readonly createdAt: string, readonly approvedAt: string | null, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly author: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean }, readonly resolution: { readonly risk: { readonly score: number, readonly tier: RiskTier } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ExportPreviewQueryVariables = Exact<{
  team: string;
  name: string;
  format: ExportFormat;
}>;


export type ExportPreviewQuery = { readonly profile: { readonly approved: { readonly export: string } | null } | null };

export type RevokeMutationVariables = Exact<{
  input: RevokeProfileInput;
}>;


export type RevokeMutation = { readonly revokeProfile: { readonly profile: { readonly id: string, readonly standing: Standing } } };

export type ProfileToRenewQueryVariables = Exact<{
  team: string;
  name: string;
}>;


export type ProfileToRenewQuery = { readonly profile: { readonly id: string, readonly name: string, readonly standing: Standing, readonly team: { readonly id: string, readonly slug: string }, readonly pending: { readonly id: string } | null, readonly approved: { readonly number: number, readonly approvedAt: string | null, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } | null, readonly revisions: { readonly nodes: ReadonlyArray<{ readonly number: number, readonly approvedAt: string | null, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } }> } } | null };

export type RenewProfileMutationVariables = Exact<{
  input: RenewProfileInput;
}>;


export type RenewProfileMutation = { readonly renewProfile: { readonly changeRequest: { readonly id: string } } };

export type ProfileForRequestQueryVariables = Exact<{
  team: string;
  name: string;
}>;


export type ProfileForRequestQuery = { readonly profile: { readonly id: string, readonly name: string, readonly team: { readonly slug: string, readonly name: string }, readonly pending: { readonly id: string, readonly author: { readonly login: string } } | null, readonly approved: { readonly number: number, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } | null } | null };

export type RequestToAmendQueryVariables = Exact<{
  id: string;
}>;


export type RequestToAmendQuery = { readonly changeRequest: { readonly id: string, readonly state: RequestState, readonly justification: string, readonly expiresInDays: number | null, readonly ticket: string | null, readonly capabilityReasons: ReadonlyArray<{ readonly capability: string, readonly reason: string }>, readonly profile: { readonly name: string, readonly team: { readonly slug: string } }, readonly revision: { readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } } | null };

export type ProfilesToStartFromQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type ProfilesToStartFromQuery = { readonly profiles: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly team: { readonly slug: string }, readonly approved: { readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } | null }> } };

export type RequestProfileMutationVariables = Exact<{
  input: RequestProfileInput;
}>;


export type RequestProfileMutation = { readonly requestProfile: { readonly changeRequest: { readonly id: string, readonly state: RequestState } } };

export type AmendRequestMutationVariables = Exact<{
  input: AmendChangeRequestInput;
}>;


export type AmendRequestMutation = { readonly amendChangeRequest: { readonly changeRequest: { readonly id: string, readonly state: RequestState } } };

export type TeamsToAskForQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type TeamsToAskForQuery = { readonly teams: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly name: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type PolicyInForceQueryVariables = Exact<{ [key: string]: never; }>;


export type PolicyInForceQuery = { readonly policy: { readonly version: number, readonly document: unknown } };

export type AwaitingQueryVariables = Exact<{ [key: string]: never; }>;


export type AwaitingQuery = { readonly changeRequests: { readonly nodes: ReadonlyArray<{ readonly id: string }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type QueueQueryVariables = Exact<{
  awaiting?: boolean | null | undefined;
  state?: RequestState | null | undefined;
  team?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type QueueQuery = { readonly changeRequests: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: RequestState, readonly createdAt: string, readonly decidedAt: string | null, readonly justification: string, readonly requiredApprovals: number, readonly expiresInDays: number | null, readonly staleJudgement: boolean, readonly commentCount: number, readonly suggestionCount: number, readonly author: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly profile: { readonly name: string, readonly team: { readonly slug: string, readonly name: string } }, readonly reviews: ReadonlyArray<{ readonly verdict: Verdict, readonly standing: boolean }>, readonly delta: { readonly granted: ReadonlyArray<string>, readonly taken: ReadonlyArray<string> }, readonly against: { readonly digest: string, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } | null, readonly revision: { readonly digest: string, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean }, readonly resolution: { readonly risk: { readonly score: number, readonly tier: RiskTier } } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ReviewRequestQueryVariables = Exact<{
  id: string;
}>;


export type ReviewRequestQuery = { readonly changeRequest: { readonly id: string, readonly state: RequestState, readonly createdAt: string, readonly decidedAt: string | null, readonly expiresInDays: number | null, readonly justification: string, readonly requiredApprovals: number, readonly awaitsMyReview: boolean, readonly staleJudgement: boolean, readonly automatic: boolean, readonly lapsesAt: string, readonly policyVersion: string, readonly ticket: string | null, readonly commentCount: number, readonly suggestionCount: number, readonly capabilityReasons: ReadonlyArray<{ readonly capability: string, readonly reason: string }>, readonly requirements: ReadonlyArray<{ readonly group: string, readonly approvals: number, readonly open: number }>, readonly eligibleReviewers: ReadonlyArray<{ readonly groups: ReadonlyArray<string>, readonly decisions: number, readonly member: { readonly id: string, readonly login: string } }>, readonly comments: ReadonlyArray<{ readonly id: string, readonly body: string, readonly createdAt: string, readonly author: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly suggestion: { readonly for: string, readonly digest: string, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean } } | null }>, readonly author: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly profile: { readonly id: string, readonly name: string, readonly team: { readonly id: string, readonly slug: string, readonly name: string, readonly decidedLately: { readonly approved: number, readonly rejected: number } } }, readonly against: { readonly digest: string, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean }, readonly resolution: { readonly risk: { readonly score: number, readonly tier: RiskTier } } } | null, readonly delta: { readonly granted: ReadonlyArray<string>, readonly taken: ReadonlyArray<string>, readonly operations: ReadonlyArray<{ readonly answer: OperationVerdict, readonly on: ReadonlyArray<string>, readonly operation: { readonly id: string, readonly area: string, readonly title: string } }> }, readonly reviews: ReadonlyArray<{ readonly comment: string | null, readonly createdAt: string, readonly revision: number, readonly standing: boolean, readonly verdict: Verdict, readonly reviewer: { readonly id: string, readonly kind: ActorKind, readonly login: string } }>, readonly revision: { readonly number: number, readonly digest: string, readonly expiresAt: string | null, readonly spec: { readonly runtime: Runtime, readonly add: ReadonlyArray<string>, readonly drop: ReadonlyArray<string>, readonly privileged: boolean, readonly user: string | null, readonly noNewPrivileges: boolean }, readonly resolution: { readonly bounding: ReadonlyArray<string>, readonly effective: ReadonlyArray<string>, readonly ceilingOnly: ReadonlyArray<string>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly message: string }>, readonly decisions: ReadonlyArray<{ readonly capability: string, readonly included: boolean, readonly because: string }>, readonly risk: { readonly score: number, readonly tier: RiskTier, readonly contributions: ReadonlyArray<{ readonly id: string, readonly tier: RiskTier, readonly share: number, readonly why: string, readonly saferAlternatives: ReadonlyArray<string> }>, readonly toNextLowerTier: { readonly tier: RiskTier, readonly drop: ReadonlyArray<string> } | null } } } } | null };

export type ProfileEventsQueryVariables = Exact<{
  team: string;
  profile: string;
}>;


export type ProfileEventsQuery = { readonly auditEvents: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly at: string, readonly action: string, readonly subject: string, readonly payload: string, readonly actor: { readonly id: string, readonly kind: ActorKind, readonly login: string } }> } };

export type DecideMutationVariables = Exact<{
  input: ReviewChangeRequestInput;
}>;


export type DecideMutation = { readonly reviewChangeRequest: { readonly changeRequest: { readonly id: string, readonly state: RequestState } } };

export type WithdrawMutationVariables = Exact<{
  input: WithdrawChangeRequestInput;
}>;


export type WithdrawMutation = { readonly withdrawChangeRequest: { readonly changeRequest: { readonly id: string, readonly state: RequestState } } };

export type SayMutationVariables = Exact<{
  input: CommentOnChangeRequestInput;
}>;


export type SayMutation = { readonly commentOnChangeRequest: { readonly changeRequest: { readonly id: string } } };

export type SuggestMutationVariables = Exact<{
  input: SuggestNarrowerInput;
}>;


export type SuggestMutation = { readonly suggestNarrower: { readonly changeRequest: { readonly id: string } } };

export type AcceptSuggestionMutationVariables = Exact<{
  input: AcceptSuggestionInput;
}>;


export type AcceptSuggestionMutation = { readonly acceptSuggestion: { readonly changeRequest: { readonly id: string } } };

export type TokenFactsFragment = { readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly previousUntil: string | null, readonly owner: { readonly login: string }, readonly madeBy: { readonly login: string }, readonly teams: ReadonlyArray<{ readonly slug: string }> };

export type PeopleQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PeopleQuery = { readonly teams: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly name: string, readonly members: ReadonlyArray<{ readonly role: TeamRole, readonly member: { readonly id: string, readonly login: string, readonly kind: ActorKind, readonly orgRole: OrgRole } }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type MembersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MembersQuery = { readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: ActorKind, readonly login: string, readonly orgRole: OrgRole }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CredentialsQueryVariables = Exact<{ [key: string]: never; }>;


export type CredentialsQuery = { readonly tokens: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly previousUntil: string | null, readonly owner: { readonly login: string }, readonly madeBy: { readonly login: string }, readonly teams: ReadonlyArray<{ readonly slug: string }> }>, readonly sessions: ReadonlyArray<{ readonly id: string, readonly client: string, readonly isCurrent: boolean, readonly createdAt: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null }> };

export type TokensOfQueryVariables = Exact<{
  owner: string;
}>;


export type TokensOfQuery = { readonly tokens: ReadonlyArray<{ readonly id: string, readonly name: string, readonly scopes: ReadonlyArray<string>, readonly createdAt: string, readonly expiresAt: string | null, readonly revokedAt: string | null, readonly lastUsedAt: string | null, readonly previousUntil: string | null, readonly owner: { readonly login: string }, readonly madeBy: { readonly login: string }, readonly teams: ReadonlyArray<{ readonly slug: string }> }> };

export type MakeTokenMutationVariables = Exact<{
  input: CreateTokenInput;
}>;


export type MakeTokenMutation = { readonly createToken: { readonly secret: string, readonly token: { readonly id: string, readonly name: string } } };

export type RotateTokenMutationVariables = Exact<{
  input: RotateTokenInput;
}>;


export type RotateTokenMutation = { readonly rotateToken: { readonly secret: string, readonly token: { readonly id: string, readonly expiresAt: string | null, readonly previousUntil: string | null } } };

export type EndTokenMutationVariables = Exact<{
  input: RevokeTokenInput;
}>;


export type EndTokenMutation = { readonly revokeToken: { readonly token: { readonly id: string } } };

export type EndSessionMutationVariables = Exact<{
  input: RevokeSessionInput;
}>;


export type EndSessionMutation = { readonly revokeSession: { readonly session: { readonly id: string } } };

export type BringInMutationVariables = Exact<{
  input: AddMemberInput;
}>;


export type BringInMutation = { readonly addMember: { readonly member: { readonly id: string } } };

export type MakeTeamMutationVariables = Exact<{
  input: CreateTeamInput;
}>;


export type MakeTeamMutation = { readonly createTeam: { readonly team: { readonly id: string } } };

export type MakeLinkMutationVariables = Exact<{
  input: CreateSignInLinkInput;
}>;


export type MakeLinkMutation = { readonly createSignInLink: { readonly url: string, readonly expiresAt: string } };

export type PolicyPageDataQueryVariables = Exact<{ [key: string]: never; }>;


export type PolicyPageDataQuery = { readonly policy: { readonly version: number, readonly document: unknown, readonly inForceFrom: string | null }, readonly policyProposals: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: RequestState, readonly digest: string, readonly document: unknown, readonly justification: string, readonly createdAt: string, readonly awaitsMyReview: boolean, readonly baseVersion: number, readonly author: { readonly id: string, readonly kind: ActorKind, readonly login: string }, readonly requirements: ReadonlyArray<{ readonly group: string, readonly approvals: number, readonly open: number }>, readonly reviews: ReadonlyArray<{ readonly verdict: Verdict, readonly comment: string | null, readonly reviewer: { readonly id: string, readonly kind: ActorKind, readonly login: string } }> }> } };

export type SimulateQueryVariables = Exact<{
  document: unknown;
}>;


export type SimulateQuery = { readonly simulatePolicy: ReadonlyArray<{ readonly changeRequest: { readonly id: string, readonly profile: { readonly name: string, readonly team: { readonly slug: string } } }, readonly draft: { readonly automatic: boolean, readonly refused: string | null, readonly rules: ReadonlyArray<string>, readonly requirements: ReadonlyArray<{ readonly group: string, readonly approvals: number }> }, readonly inForce: { readonly automatic: boolean, readonly refused: string | null, readonly rules: ReadonlyArray<string>, readonly requirements: ReadonlyArray<{ readonly group: string, readonly approvals: number }> } }> };

export type ProposeMutationVariables = Exact<{
  input: ProposePolicyInput;
}>;


export type ProposeMutation = { readonly proposePolicy: { readonly policyProposal: { readonly id: string } } };

export type DecidePolicyMutationVariables = Exact<{
  input: ReviewPolicyProposalInput;
}>;


export type DecidePolicyMutation = { readonly reviewPolicyProposal: { readonly policyProposal: { readonly id: string } } };

export type WithdrawPolicyMutationVariables = Exact<{
  input: WithdrawPolicyProposalInput;
}>;


export type WithdrawPolicyMutation = { readonly withdrawPolicyProposal: { readonly policyProposal: { readonly id: string } } };

export type RemovePersonMutationVariables = Exact<{
  input: RemoveMemberInput;
}>;


export type RemovePersonMutation = { readonly removeMember: { readonly member: { readonly id: string }, readonly tokensKnown: ReadonlyArray<{ readonly id: string, readonly name: string, readonly owner: { readonly login: string } }> } };

export type ProviderFactsFragment = { readonly name: string, readonly issuer: string, readonly clientId: string, readonly scopes: ReadonlyArray<string>, readonly personClaim: string, readonly groupsClaim: string | null, readonly emailDomains: ReadonlyArray<string>, readonly admitsUnknown: boolean, readonly enabled: boolean, readonly setAt: string, readonly groups: ReadonlyArray<{ readonly group: string, readonly orgRole: OrgRole | null, readonly teamRole: TeamRole | null, readonly team: { readonly slug: string, readonly name: string } | null }>, readonly client: { readonly callbackUrl: string, readonly hasSecret: boolean, readonly secretVariable: string }, readonly setBy: { readonly id: string, readonly login: string }, readonly confirmedBy: { readonly id: string, readonly login: string } | null };

export type ProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ProvidersQuery = { readonly identityProviders: ReadonlyArray<{ readonly name: string, readonly issuer: string, readonly clientId: string, readonly scopes: ReadonlyArray<string>, readonly personClaim: string, readonly groupsClaim: string | null, readonly emailDomains: ReadonlyArray<string>, readonly admitsUnknown: boolean, readonly enabled: boolean, readonly setAt: string, readonly groups: ReadonlyArray<{ readonly group: string, readonly orgRole: OrgRole | null, readonly teamRole: TeamRole | null, readonly team: { readonly slug: string, readonly name: string } | null }>, readonly client: { readonly callbackUrl: string, readonly hasSecret: boolean, readonly secretVariable: string }, readonly setBy: { readonly id: string, readonly login: string }, readonly confirmedBy: { readonly id: string, readonly login: string } | null }> };

export type SetProviderMutationVariables = Exact<{
  input: SetIdentityProviderInput;
}>;


export type SetProviderMutation = { readonly setIdentityProvider: { readonly identityProvider: { readonly name: string } } };

export type ConfirmProviderMutationVariables = Exact<{
  input: ConfirmIdentityProviderInput;
}>;


export type ConfirmProviderMutation = { readonly confirmIdentityProvider: { readonly identityProvider: { readonly name: string } } };

export type RuleFactsFragment = { readonly name: string, readonly issuer: string, readonly audience: string, readonly scopes: ReadonlyArray<string>, readonly maxMinutes: number, readonly enabled: boolean, readonly setAt: string, readonly claims: ReadonlyArray<{ readonly claim: string, readonly pattern: string }>, readonly serviceAccount: { readonly login: string }, readonly teams: ReadonlyArray<{ readonly slug: string }>, readonly setBy: { readonly login: string } };

export type WorkloadRulesQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkloadRulesQuery = { readonly workloadRules: ReadonlyArray<{ readonly name: string, readonly issuer: string, readonly audience: string, readonly scopes: ReadonlyArray<string>, readonly maxMinutes: number, readonly enabled: boolean, readonly setAt: string, readonly claims: ReadonlyArray<{ readonly claim: string, readonly pattern: string }>, readonly serviceAccount: { readonly login: string }, readonly teams: ReadonlyArray<{ readonly slug: string }>, readonly setBy: { readonly login: string } }> };

export type SetRuleMutationVariables = Exact<{
  input: SetWorkloadRuleInput;
}>;


export type SetRuleMutation = { readonly setWorkloadRule: { readonly workloadRule: { readonly name: string } } };

export type ServiceAccountsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ServiceAccountsQuery = { readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly login: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export const Viewer: Operation<ViewerQuery, ViewerQueryVariables> = {
  name: 'Viewer',
  text: "query Viewer{viewer{member{id kind login orgRole}organization{slug}scopes limitedToTeams teams{role team{id slug name}}}}",
};

export const EmergenciesToClose: Operation<EmergenciesToCloseQuery, EmergenciesToCloseQueryVariables> = {
  name: 'EmergenciesToClose',
  text: "query EmergenciesToClose{emergencies(open:true first:100){nodes{...EmergencyFacts}}} fragment EmergencyFacts on Emergency{id reason openedAt endsAt usable closedAt justified closingComment person{...Who}openedBy{...Who}closedBy{...Who}profile{name team{slug}}revision{number resolution{bounding risk{score tier}}}} fragment Who on Actor{id kind login}",
};

export const ClosedEmergencies: Operation<ClosedEmergenciesQuery, ClosedEmergenciesQueryVariables> = {
  name: 'ClosedEmergencies',
  text: "query ClosedEmergencies($after:String){emergencies(open:false first:20 after:$after){nodes{...EmergencyFacts}pageInfo{hasNextPage endCursor}}} fragment EmergencyFacts on Emergency{id reason openedAt endsAt usable closedAt justified closingComment person{...Who}openedBy{...Who}closedBy{...Who}profile{name team{slug}}revision{number resolution{bounding risk{score tier}}}} fragment Who on Actor{id kind login}",
};

export const PeopleToGiveTo: Operation<PeopleToGiveToQuery, PeopleToGiveToQueryVariables> = {
  name: 'PeopleToGiveTo',
  text: "query PeopleToGiveTo($team:String!){team(slug:$team){members{member{id login}}}}",
};

export const BreakGlass: Operation<BreakGlassMutation, BreakGlassMutationVariables> = {
  name: 'BreakGlass',
  text: "mutation BreakGlass($input:BreakGlassInput!){breakGlass(input:$input){emergency{id}}}",
};

export const CloseEmergency: Operation<CloseEmergencyMutation, CloseEmergencyMutationVariables> = {
  name: 'CloseEmergency',
  text: "mutation CloseEmergency($input:CloseEmergencyInput!){closeEmergency(input:$input){emergency{id closedAt}}}",
};

export const History: Operation<HistoryQuery, HistoryQueryVariables> = {
  name: 'History',
  text: "query History($team:String$profile:String$action:String$actor:String$after:String){auditEvents(team:$team profile:$profile action:$action actor:$actor first:100 after:$after){nodes{id at action subject payload leafHash actor{...Who}}pageInfo{hasNextPage endCursor}}} fragment Who on Actor{id kind login}",
};

export const Beginning: Operation<BeginningQuery, BeginningQueryVariables> = {
  name: 'Beginning',
  text: "query Beginning{teams(first:1){nodes{id}}members(first:100){nodes{id kind orgRole}}changeRequests(first:20){nodes{id author{login}}}auditEvents(action:\"session.begun\" first:20){nodes{id actor{login}}}}",
};

export const OverviewData: Operation<OverviewDataQuery, OverviewDataQueryVariables> = {
  name: 'OverviewData',
  text: "query OverviewData{overview{tiers{tier count}capabilities{capability count}weeks{start made approved rejected}medianToDecision ninthToDecision}emergencies(open:true first:20){nodes{...EmergencyFacts}}profiles(expiringInDays:30 first:8){nodes{id name team{slug}approved{expiresAt resolution{risk{score tier}}}}pageInfo{hasNextPage}}} fragment EmergencyFacts on Emergency{id reason openedAt endsAt usable closedAt justified closingComment person{...Who}openedBy{...Who}closedBy{...Who}profile{name team{slug}}revision{number resolution{bounding risk{score tier}}}} fragment Who on Actor{id kind login}",
};

export const MyRequests: Operation<MyRequestsQuery, MyRequestsQueryVariables> = {
  name: 'MyRequests',
  text: "query MyRequests($after:String){changeRequests(mine:true state:PENDING first:20 after:$after){nodes{id createdAt requiredApprovals staleJudgement suggestionCount reviews{verdict standing}profile{name team{slug}}revision{resolution{risk{tier score}}}}pageInfo{hasNextPage endCursor}}}",
};

export const Profiles: Operation<ProfilesQuery, ProfilesQueryVariables> = {
  name: 'Profiles',
  text: "query Profiles($search:String$team:String$tier:RiskTier$grants:String$expiringInDays:Int$after:String){profiles(search:$search team:$team tier:$tier grants:$grants expiringInDays:$expiringInDays first:50 after:$after){nodes{id name standing team{slug name}approved{number approvedAt expiresAt spec{runtime}resolution{bounding risk{score tier}}}pending{id}emergencies{id usable}}pageInfo{hasNextPage endCursor}}}",
};

export const ProfilePageData: Operation<ProfilePageDataQuery, ProfilePageDataQueryVariables> = {
  name: 'ProfilePageData',
  text: "query ProfilePageData($team:String!$name:String!){profile(team:$team name:$name){id name createdAt standing team{id slug name}pending{id createdAt author{login}}emergencies{...EmergencyFacts}lastApproved{number expiresAt revokedAt revokedBy revocationReason}approved{number digest approvedAt expiresAt author{login}spec{...Words}resolution{bounding effective ceilingOnly risk{score tier}}}}} fragment EmergencyFacts on Emergency{id reason openedAt endsAt usable closedAt justified closingComment person{...Who}openedBy{...Who}closedBy{...Who}profile{name team{slug}}revision{number resolution{bounding risk{score tier}}}} fragment Who on Actor{id kind login} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const Revisions: Operation<RevisionsQuery, RevisionsQueryVariables> = {
  name: 'Revisions',
  text: "query Revisions($team:String!$name:String!$after:String){profile(team:$team name:$name){revisions(first:50 after:$after){nodes{number digest standing createdAt approvedAt expiresAt revokedAt author{...Who}spec{...Words}resolution{risk{score tier}}}pageInfo{hasNextPage endCursor}}}} fragment Who on Actor{id kind login} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const ExportPreview: Operation<ExportPreviewQuery, ExportPreviewQueryVariables> = {
  name: 'ExportPreview',
  text: "query ExportPreview($team:String!$name:String!$format:ExportFormat!){profile(team:$team name:$name){approved{export(format:$format)}}}",
};

export const Revoke: Operation<RevokeMutation, RevokeMutationVariables> = {
  name: 'Revoke',
  text: "mutation Revoke($input:RevokeProfileInput!){revokeProfile(input:$input){profile{id standing}}}",
};

export const ProfileToRenew: Operation<ProfileToRenewQuery, ProfileToRenewQueryVariables> = {
  name: 'ProfileToRenew',
  text: "query ProfileToRenew($team:String!$name:String!){profile(team:$team name:$name){id name standing team{id slug}pending{id}approved{number approvedAt expiresAt spec{...Words}}revisions(first:50){nodes{number approvedAt expiresAt spec{...Words}}}}} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const RenewProfile: Operation<RenewProfileMutation, RenewProfileMutationVariables> = {
  name: 'RenewProfile',
  text: "mutation RenewProfile($input:RenewProfileInput!){renewProfile(input:$input){changeRequest{id}}}",
};

export const ProfileForRequest: Operation<ProfileForRequestQuery, ProfileForRequestQueryVariables> = {
  name: 'ProfileForRequest',
  text: "query ProfileForRequest($team:String!$name:String!){profile(team:$team name:$name){id name team{slug name}pending{id author{login}}approved{number expiresAt spec{...Words}}}} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const RequestToAmend: Operation<RequestToAmendQuery, RequestToAmendQueryVariables> = {
  name: 'RequestToAmend',
  text: "query RequestToAmend($id:ID!){changeRequest(id:$id){id state justification expiresInDays ticket capabilityReasons{capability reason}profile{name team{slug}}revision{spec{...Words}}}} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const ProfilesToStartFrom: Operation<ProfilesToStartFromQuery, ProfilesToStartFromQueryVariables> = {
  name: 'ProfilesToStartFrom',
  text: "query ProfilesToStartFrom($search:String){profiles(search:$search first:8){nodes{id name team{slug}approved{spec{...Words}}}}} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const RequestProfile: Operation<RequestProfileMutation, RequestProfileMutationVariables> = {
  name: 'RequestProfile',
  text: "mutation RequestProfile($input:RequestProfileInput!){requestProfile(input:$input){changeRequest{id state}}}",
};

export const AmendRequest: Operation<AmendRequestMutation, AmendRequestMutationVariables> = {
  name: 'AmendRequest',
  text: "mutation AmendRequest($input:AmendChangeRequestInput!){amendChangeRequest(input:$input){changeRequest{id state}}}",
};

export const TeamsToAskFor: Operation<TeamsToAskForQuery, TeamsToAskForQueryVariables> = {
  name: 'TeamsToAskFor',
  text: "query TeamsToAskFor($after:String){teams(first:100 after:$after){nodes{id slug name}pageInfo{hasNextPage endCursor}}}",
};

export const PolicyInForce: Operation<PolicyInForceQuery, PolicyInForceQueryVariables> = {
  name: 'PolicyInForce',
  text: "query PolicyInForce{policy{version document}}",
};

export const Awaiting: Operation<AwaitingQuery, AwaitingQueryVariables> = {
  name: 'Awaiting',
  text: "query Awaiting{changeRequests(awaitingMyReview:true first:100){nodes{id}pageInfo{hasNextPage}}}",
};

export const Queue: Operation<QueueQuery, QueueQueryVariables> = {
  name: 'Queue',
  text: "query Queue($awaiting:Boolean$state:RequestState$team:String$first:Int!$after:String){changeRequests(awaitingMyReview:$awaiting state:$state team:$team first:$first after:$after){nodes{id state createdAt decidedAt justification requiredApprovals expiresInDays staleJudgement commentCount suggestionCount author{...Who}profile{name team{slug name}}reviews{verdict standing}delta{granted taken}against{digest expiresAt spec{...Words}}revision{digest spec{...Words}resolution{risk{score tier}}}}pageInfo{hasNextPage endCursor}}} fragment Who on Actor{id kind login} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const ReviewRequest: Operation<ReviewRequestQuery, ReviewRequestQueryVariables> = {
  name: 'ReviewRequest',
  text: "query ReviewRequest($id:ID!){changeRequest(id:$id){id state createdAt decidedAt expiresInDays justification requiredApprovals awaitsMyReview staleJudgement automatic lapsesAt policyVersion ticket capabilityReasons{capability reason}requirements{group approvals open}eligibleReviewers{member{id login}groups decisions}commentCount suggestionCount comments{id body createdAt author{...Who}suggestion{for digest spec{...Words}}}author{...Who}profile{id name team{id slug name decidedLately{approved rejected}}}against{digest expiresAt spec{...Words}resolution{risk{score tier}}}delta{granted taken operations{answer on operation{id area title}}}reviews{comment createdAt revision standing verdict reviewer{...Who}}revision{number digest expiresAt spec{...Words}resolution{bounding effective ceilingOnly warnings{code message}decisions{capability included because}risk{score tier contributions{id tier share why saferAlternatives}toNextLowerTier{tier drop}}}}}} fragment Who on Actor{id kind login} fragment Words on ProfileSpec{runtime add drop privileged user noNewPrivileges}",
};

export const ProfileEvents: Operation<ProfileEventsQuery, ProfileEventsQueryVariables> = {
  name: 'ProfileEvents',
  text: "query ProfileEvents($team:String!$profile:String!){auditEvents(team:$team profile:$profile first:20){nodes{id at action subject payload actor{...Who}}}} fragment Who on Actor{id kind login}",
};

export const Decide: Operation<DecideMutation, DecideMutationVariables> = {
  name: 'Decide',
  text: "mutation Decide($input:ReviewChangeRequestInput!){reviewChangeRequest(input:$input){changeRequest{id state}}}",
};

export const Withdraw: Operation<WithdrawMutation, WithdrawMutationVariables> = {
  name: 'Withdraw',
  text: "mutation Withdraw($input:WithdrawChangeRequestInput!){withdrawChangeRequest(input:$input){changeRequest{id state}}}",
};

export const Say: Operation<SayMutation, SayMutationVariables> = {
  name: 'Say',
  text: "mutation Say($input:CommentOnChangeRequestInput!){commentOnChangeRequest(input:$input){changeRequest{id}}}",
};

export const Suggest: Operation<SuggestMutation, SuggestMutationVariables> = {
  name: 'Suggest',
  text: "mutation Suggest($input:SuggestNarrowerInput!){suggestNarrower(input:$input){changeRequest{id}}}",
};

export const AcceptSuggestion: Operation<AcceptSuggestionMutation, AcceptSuggestionMutationVariables> = {
  name: 'AcceptSuggestion',
  text: "mutation AcceptSuggestion($input:AcceptSuggestionInput!){acceptSuggestion(input:$input){changeRequest{id}}}",
};

export const People: Operation<PeopleQuery, PeopleQueryVariables> = {
  name: 'People',
  text: "query People($after:String){teams(first:20 after:$after){nodes{id slug name members{role member{id login kind orgRole}}}pageInfo{hasNextPage endCursor}}}",
};

export const Members: Operation<MembersQuery, MembersQueryVariables> = {
  name: 'Members',
  text: "query Members($after:String){members(first:100 after:$after){nodes{id kind login orgRole}pageInfo{hasNextPage endCursor}}}",
};

export const Credentials: Operation<CredentialsQuery, CredentialsQueryVariables> = {
  name: 'Credentials',
  text: "query Credentials{tokens{...TokenFacts}sessions{id client isCurrent createdAt lastUsedAt expiresAt}} fragment TokenFacts on Token{id name scopes createdAt expiresAt revokedAt lastUsedAt previousUntil owner{login}madeBy{login}teams{slug}}",
};

export const TokensOf: Operation<TokensOfQuery, TokensOfQueryVariables> = {
  name: 'TokensOf',
  text: "query TokensOf($owner:String!){tokens(owner:$owner){...TokenFacts}} fragment TokenFacts on Token{id name scopes createdAt expiresAt revokedAt lastUsedAt previousUntil owner{login}madeBy{login}teams{slug}}",
};

export const MakeToken: Operation<MakeTokenMutation, MakeTokenMutationVariables> = {
  name: 'MakeToken',
  text: "mutation MakeToken($input:CreateTokenInput!){createToken(input:$input){secret token{id name}}}",
};

export const RotateToken: Operation<RotateTokenMutation, RotateTokenMutationVariables> = {
  name: 'RotateToken',
  text: "mutation RotateToken($input:RotateTokenInput!){rotateToken(input:$input){secret token{id expiresAt previousUntil}}}",
};

export const EndToken: Operation<EndTokenMutation, EndTokenMutationVariables> = {
  name: 'EndToken',
  text: "mutation EndToken($input:RevokeTokenInput!){revokeToken(input:$input){token{id}}}",
};

export const EndSession: Operation<EndSessionMutation, EndSessionMutationVariables> = {
  name: 'EndSession',
  text: "mutation EndSession($input:RevokeSessionInput!){revokeSession(input:$input){session{id}}}",
};

export const BringIn: Operation<BringInMutation, BringInMutationVariables> = {
  name: 'BringIn',
  text: "mutation BringIn($input:AddMemberInput!){addMember(input:$input){member{id}}}",
};

export const MakeTeam: Operation<MakeTeamMutation, MakeTeamMutationVariables> = {
  name: 'MakeTeam',
  text: "mutation MakeTeam($input:CreateTeamInput!){createTeam(input:$input){team{id}}}",
};

export const MakeLink: Operation<MakeLinkMutation, MakeLinkMutationVariables> = {
  name: 'MakeLink',
  text: "mutation MakeLink($input:CreateSignInLinkInput!){createSignInLink(input:$input){url expiresAt}}",
};

export const PolicyPageData: Operation<PolicyPageDataQuery, PolicyPageDataQueryVariables> = {
  name: 'PolicyPageData',
  text: "query PolicyPageData{policy{version document inForceFrom}policyProposals(first:10){nodes{id state digest document justification createdAt awaitsMyReview baseVersion author{...Who}requirements{group approvals open}reviews{verdict comment reviewer{...Who}}}}} fragment Who on Actor{id kind login}",
};

export const Simulate: Operation<SimulateQuery, SimulateQueryVariables> = {
  name: 'Simulate',
  text: "query Simulate($document:JSON!){simulatePolicy(document:$document last:50){changeRequest{id profile{name team{slug}}}draft{automatic refused rules requirements{group approvals}}inForce{automatic refused rules requirements{group approvals}}}}",
};

export const Propose: Operation<ProposeMutation, ProposeMutationVariables> = {
  name: 'Propose',
  text: "mutation Propose($input:ProposePolicyInput!){proposePolicy(input:$input){policyProposal{id}}}",
};

export const DecidePolicy: Operation<DecidePolicyMutation, DecidePolicyMutationVariables> = {
  name: 'DecidePolicy',
  text: "mutation DecidePolicy($input:ReviewPolicyProposalInput!){reviewPolicyProposal(input:$input){policyProposal{id}}}",
};

export const WithdrawPolicy: Operation<WithdrawPolicyMutation, WithdrawPolicyMutationVariables> = {
  name: 'WithdrawPolicy',
  text: "mutation WithdrawPolicy($input:WithdrawPolicyProposalInput!){withdrawPolicyProposal(input:$input){policyProposal{id}}}",
};

export const RemovePerson: Operation<RemovePersonMutation, RemovePersonMutationVariables> = {
  name: 'RemovePerson',
  text: "mutation RemovePerson($input:RemoveMemberInput!){removeMember(input:$input){member{id}tokensKnown{id name owner{login}}}}",
};

export const Providers: Operation<ProvidersQuery, ProvidersQueryVariables> = {
  name: 'Providers',
  text: "query Providers{identityProviders{...ProviderFacts}} fragment ProviderFacts on IdentityProvider{name issuer clientId scopes personClaim groupsClaim emailDomains admitsUnknown enabled setAt groups{group orgRole team{slug name}teamRole}client{callbackUrl hasSecret secretVariable}setBy{id login}confirmedBy{id login}}",
};

export const SetProvider: Operation<SetProviderMutation, SetProviderMutationVariables> = {
  name: 'SetProvider',
  text: "mutation SetProvider($input:SetIdentityProviderInput!){setIdentityProvider(input:$input){identityProvider{name}}}",
};

export const ConfirmProvider: Operation<ConfirmProviderMutation, ConfirmProviderMutationVariables> = {
  name: 'ConfirmProvider',
  text: "mutation ConfirmProvider($input:ConfirmIdentityProviderInput!){confirmIdentityProvider(input:$input){identityProvider{name}}}",
};

export const WorkloadRules: Operation<WorkloadRulesQuery, WorkloadRulesQueryVariables> = {
  name: 'WorkloadRules',
  text: "query WorkloadRules{workloadRules{...RuleFacts}} fragment RuleFacts on WorkloadRule{name issuer audience claims{claim pattern}serviceAccount{login}teams{slug}scopes maxMinutes enabled setAt setBy{login}}",
};

export const SetRule: Operation<SetRuleMutation, SetRuleMutationVariables> = {
  name: 'SetRule',
  text: "mutation SetRule($input:SetWorkloadRuleInput!){setWorkloadRule(input:$input){workloadRule{name}}}",
};

export const ServiceAccounts: Operation<ServiceAccountsQuery, ServiceAccountsQueryVariables> = {
  name: 'ServiceAccounts',
  text: "query ServiceAccounts($after:String){members(kind:SERVICE first:50 after:$after){nodes{id login}pageInfo{hasNextPage endCursor}}}",
};
