-- CI jobs exchange the token that their platform signs for them for a short one of ours, as an organization's rules say.

CREATE TABLE "workload_rules" (
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "claims" JSONB NOT NULL,
    "member_id" UUID NOT NULL,
    "team_ids" UUID[],
    "scopes" TEXT[],
    "max_minutes" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "set_by" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workload_rules_pkey" PRIMARY KEY ("org_id","name")
);
CREATE INDEX "workload_rules_org_id_member_id_idx" ON "workload_rules"("org_id", "member_id");
CREATE INDEX "workload_rules_org_id_set_by_idx" ON "workload_rules"("org_id", "set_by");
ALTER TABLE "workload_rules" ADD CONSTRAINT "workload_rules_org_id_member_id_fkey"
  FOREIGN KEY ("org_id", "member_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "workload_rules" ADD CONSTRAINT "workload_rules_org_id_set_by_fkey"
  FOREIGN KEY ("org_id", "set_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE workload_rules
  ADD CONSTRAINT workload_rules_name_shape CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  ADD CONSTRAINT workload_rules_issuer_scheme CHECK (issuer ~ '^https?://'),
  ADD CONSTRAINT workload_rules_some_claim CHECK (jsonb_array_length(claims) > 0),
  ADD CONSTRAINT workload_rules_some_team CHECK (cardinality(team_ids) > 0),
  ADD CONSTRAINT workload_rules_reads_only
    CHECK (scopes <@ ARRAY['profiles:read', 'profiles:export'] AND cardinality(scopes) > 0),
  ADD CONSTRAINT workload_rules_short CHECK (max_minutes BETWEEN 1 AND 60);

ALTER TABLE workload_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE workload_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON workload_rules USING (org_id = current_org_id()) WITH CHECK (org_id = current_org_id());

GRANT SELECT, INSERT ON workload_rules TO capward_app;
GRANT UPDATE (issuer, audience, claims, member_id, team_ids, scopes, max_minutes, enabled, set_by, set_at)
  ON workload_rules TO capward_app;
