-- CreateEnum
CREATE TYPE "org_role" AS ENUM ('OWNER', 'APPROVER', 'AUDITOR', 'MEMBER');

-- CreateEnum
CREATE TYPE "team_role" AS ENUM ('MAINTAINER', 'MEMBER');

-- CreateEnum
CREATE TYPE "member_kind" AS ENUM ('HUMAN', 'SERVICE');

-- CreateEnum
CREATE TYPE "request_state" AS ENUM ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('APPROVE', 'REJECT');

-- CreateEnum
CREATE TYPE "risk_tier" AS ENUM ('NONE', 'LOW', 'MODERATE', 'HIGH', 'CRITICAL', 'PRIVILEGED');

-- CreateTable
CREATE TABLE "orgs" (
    "org_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orgs_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "members" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "member_kind" NOT NULL,
    "login" TEXT NOT NULL,
    "org_role" "org_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "teams" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "org_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "role" "team_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("org_id","team_id","member_id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "minted_by" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_sha256" BYTEA NOT NULL,
    "scopes" TEXT[],
    "team_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "profiles" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "last_revision" INTEGER NOT NULL DEFAULT 0,
    "approved_revision" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "revisions" (
    "org_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "runtime" TEXT NOT NULL,
    "add_words" TEXT[],
    "drop_words" TEXT[],
    "privileged" BOOLEAN NOT NULL,
    "run_user" TEXT,
    "no_new_privileges" BOOLEAN NOT NULL,
    "bounding" BIGINT NOT NULL,
    "permitted" BIGINT NOT NULL,
    "effective" BIGINT NOT NULL,
    "inheritable" BIGINT NOT NULL,
    "ambient" BIGINT NOT NULL,
    "risk_micro" INTEGER NOT NULL,
    "risk_tier" "risk_tier" NOT NULL,
    "author_id" UUID NOT NULL,
    "author_minted_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("org_id","profile_id","number")
);

-- CreateTable
CREATE TABLE "change_requests" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" "request_state" NOT NULL DEFAULT 'PENDING',
    "author_id" UUID NOT NULL,
    "justification" TEXT NOT NULL,
    "expires_in_days" INTEGER,
    "required_approvals" INTEGER NOT NULL,
    "policy_version" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_requests_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "reviews" (
    "org_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "verdict" "verdict" NOT NULL,
    "comment" TEXT,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("org_id","request_id","revision","reviewer_id")
);

-- CreateTable
CREATE TABLE "approvals" (
    "org_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "request_id" UUID NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("org_id","profile_id","revision")
);

-- CreateTable
CREATE TABLE "revocations" (
    "org_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "revoked_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revocations_pkey" PRIMARY KEY ("org_id","profile_id","revision")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "org_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "org_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "actor_login" TEXT NOT NULL,
    "team_id" UUID,
    "profile_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "leaf_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("org_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "orgs_slug_key" ON "orgs"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "members_org_id_login_key" ON "members"("org_id", "login");

-- CreateIndex
CREATE UNIQUE INDEX "teams_org_id_slug_key" ON "teams"("org_id", "slug");

-- CreateIndex
CREATE INDEX "team_members_org_id_member_id_idx" ON "team_members"("org_id", "member_id");

-- CreateIndex
CREATE INDEX "tokens_org_id_member_id_idx" ON "tokens"("org_id", "member_id");

-- CreateIndex
CREATE INDEX "tokens_org_id_minted_by_idx" ON "tokens"("org_id", "minted_by");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_org_id_secret_sha256_key" ON "tokens"("org_id", "secret_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "profiles_org_id_id_approved_revision_key" ON "profiles"("org_id", "id", "approved_revision");

-- CreateIndex
CREATE UNIQUE INDEX "profiles_org_id_team_id_name_key" ON "profiles"("org_id", "team_id", "name");

-- CreateIndex
CREATE INDEX "revisions_org_id_author_id_idx" ON "revisions"("org_id", "author_id");

-- CreateIndex
CREATE INDEX "revisions_org_id_author_minted_by_idx" ON "revisions"("org_id", "author_minted_by");

-- CreateIndex
CREATE INDEX "change_requests_org_id_profile_id_revision_idx" ON "change_requests"("org_id", "profile_id", "revision");

-- CreateIndex
CREATE INDEX "change_requests_org_id_state_id_idx" ON "change_requests"("org_id", "state", "id");

-- CreateIndex
CREATE INDEX "change_requests_org_id_author_id_idx" ON "change_requests"("org_id", "author_id");

-- CreateIndex
CREATE INDEX "reviews_org_id_profile_id_revision_idx" ON "reviews"("org_id", "profile_id", "revision");

-- CreateIndex
CREATE INDEX "reviews_org_id_reviewer_id_idx" ON "reviews"("org_id", "reviewer_id");

-- CreateIndex
CREATE INDEX "approvals_org_id_request_id_idx" ON "approvals"("org_id", "request_id");

-- CreateIndex
CREATE INDEX "revocations_org_id_revoked_by_idx" ON "revocations"("org_id", "revoked_by");

-- CreateIndex
CREATE INDEX "audit_events_org_id_team_id_seq_idx" ON "audit_events"("org_id", "team_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_org_id_profile_id_seq_idx" ON "audit_events"("org_id", "profile_id", "seq");

-- CreateIndex
CREATE INDEX "audit_events_org_id_action_seq_idx" ON "audit_events"("org_id", "action", "seq");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("org_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("org_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_org_id_team_id_fkey" FOREIGN KEY ("org_id", "team_id") REFERENCES "teams"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_org_id_member_id_fkey" FOREIGN KEY ("org_id", "member_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_org_id_member_id_fkey" FOREIGN KEY ("org_id", "member_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_org_id_minted_by_fkey" FOREIGN KEY ("org_id", "minted_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_org_id_team_id_fkey" FOREIGN KEY ("org_id", "team_id") REFERENCES "teams"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_org_id_id_approved_revision_fkey" FOREIGN KEY ("org_id", "id", "approved_revision") REFERENCES "approvals"("org_id", "profile_id", "revision") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_org_id_profile_id_fkey" FOREIGN KEY ("org_id", "profile_id") REFERENCES "profiles"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_org_id_author_minted_by_fkey" FOREIGN KEY ("org_id", "author_minted_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_org_id_profile_id_fkey" FOREIGN KEY ("org_id", "profile_id") REFERENCES "profiles"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "revisions"("org_id", "profile_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "change_requests" ADD CONSTRAINT "change_requests_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_request_id_fkey" FOREIGN KEY ("org_id", "request_id") REFERENCES "change_requests"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "revisions"("org_id", "profile_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_reviewer_id_fkey" FOREIGN KEY ("org_id", "reviewer_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "revisions"("org_id", "profile_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_org_id_request_id_fkey" FOREIGN KEY ("org_id", "request_id") REFERENCES "change_requests"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revocations" ADD CONSTRAINT "revocations_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "revisions"("org_id", "profile_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "revocations" ADD CONSTRAINT "revocations_org_id_revoked_by_fkey" FOREIGN KEY ("org_id", "revoked_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("org_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

