-- People sign in by their organization's identity provider (OpenID Connect).

-- ── Which providers an organization trusts, and with what ──────────────────────────────────────────────────────────
CREATE TABLE "identity_providers" (
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "sealed_secret" BYTEA,
    "scopes" TEXT[],
    "person_claim" TEXT NOT NULL,
    "groups_claim" TEXT,
    "group_grants" JSONB NOT NULL,
    "email_domains" TEXT[],
    "admits_unknown" BOOLEAN NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "set_by" UUID NOT NULL,
    "set_with" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" UUID,
    "confirmed_with" UUID,

    CONSTRAINT "identity_providers_pkey" PRIMARY KEY ("org_id","name")
);
CREATE INDEX "identity_providers_org_id_set_by_idx" ON "identity_providers"("org_id", "set_by");
CREATE INDEX "identity_providers_org_id_confirmed_by_idx" ON "identity_providers"("org_id", "confirmed_by");
CREATE INDEX "identity_providers_org_id_set_with_idx" ON "identity_providers"("org_id", "set_with");
CREATE INDEX "identity_providers_org_id_confirmed_with_idx" ON "identity_providers"("org_id", "confirmed_with");
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_org_id_fkey"
  FOREIGN KEY ("org_id") REFERENCES "orgs"("org_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_org_id_set_by_fkey"
  FOREIGN KEY ("org_id", "set_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_org_id_confirmed_by_fkey"
  FOREIGN KEY ("org_id", "confirmed_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_org_id_set_with_fkey"
  FOREIGN KEY ("org_id", "set_with") REFERENCES "tokens"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_org_id_confirmed_with_fkey"
  FOREIGN KEY ("org_id", "confirmed_with") REFERENCES "tokens"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE identity_providers
  ADD CONSTRAINT identity_providers_name_shape CHECK (name ~ '^[a-z0-9]{1,32}$'),
  ADD CONSTRAINT identity_providers_issuer_scheme CHECK (issuer ~ '^https?://');

-- Whoever says which provider is trusted could be anybody of it, until another owner has confirmed it.
CREATE FUNCTION check_provider() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NOT EXISTS (SELECT FROM members WHERE org_id = NEW.org_id AND id = COALESCE(NEW.confirmed_by, NEW.set_by)
                   AND kind = 'HUMAN' AND org_role = 'OWNER') THEN
    RAISE EXCEPTION 'owners say which provider is trusted' USING ERRCODE = 'restrict_violation';
  END IF;
  -- With a credential that somebody else has made, that one could be saying it.
  IF NOT EXISTS (SELECT FROM tokens t
                 JOIN members owner ON owner.org_id = t.org_id AND owner.id = t.member_id
                 JOIN members maker ON maker.org_id = t.org_id AND maker.id = t.minted_by
                 WHERE t.org_id = NEW.org_id AND t.revoked_at IS NULL AND maker.person_id = owner.person_id
                   AND t.member_id = COALESCE(NEW.confirmed_by, NEW.set_by)
                   AND t.id = CASE WHEN NEW.confirmed_by IS NULL THEN NEW.set_with ELSE NEW.confirmed_with END) THEN
    RAISE EXCEPTION 'owners say it with what nobody else has made' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.confirmed_by IS NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' OR ROW(NEW.*) IS DISTINCT FROM ROW(
       OLD.org_id, OLD.name, OLD.issuer, OLD.client_id, OLD.sealed_secret, OLD.scopes, OLD.person_claim, OLD.groups_claim,
       OLD.group_grants, OLD.email_domains, OLD.admits_unknown, OLD.enabled, OLD.set_by, OLD.set_with, OLD.set_at,
       NEW.confirmed_by, NEW.confirmed_with) THEN
    RAISE EXCEPTION 'what is confirmed is what was set' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (SELECT person_id FROM members WHERE org_id = NEW.org_id AND id = NEW.confirmed_by)
     = (SELECT person_id FROM members WHERE org_id = NEW.org_id AND id = NEW.set_by) THEN
    RAISE EXCEPTION 'nobody confirms what they have set' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER two_owners BEFORE INSERT OR UPDATE ON identity_providers
  FOR EACH ROW EXECUTE FUNCTION check_provider();

-- ── Who is who ─────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "identities" (
    "org_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "person_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("org_id","issuer","subject")
);
CREATE UNIQUE INDEX "identities_org_id_issuer_member_id_key" ON "identities"("org_id", "issuer", "member_id");
CREATE INDEX "identities_org_id_member_id_idx" ON "identities"("org_id", "member_id");
CREATE INDEX "identities_org_id_issuer_person_key_idx" ON "identities"("org_id", "issuer", "person_key");
ALTER TABLE "identities" ADD CONSTRAINT "identities_org_id_member_id_fkey"
  FOREIGN KEY ("org_id", "member_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Every sign-in that was finished: what began it finishes no other ───────────────────────────────────────────────
CREATE TABLE "sign_ins" (
    "org_id" UUID NOT NULL,
    "state_sha256" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("org_id","state_sha256")
);
CREATE INDEX "sign_ins_org_id_session_id_idx" ON "sign_ins"("org_id", "session_id");
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_org_id_session_id_fkey"
  FOREIGN KEY ("org_id", "session_id") REFERENCES "tokens"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON sign_ins FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- ── An account is somebody else's only where a provider says that both are one person's ────────────────────────────
CREATE FUNCTION check_same_person() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NEW.person_id <> OLD.person_id AND NOT EXISTS (
    SELECT FROM identities mine
    JOIN identities theirs ON theirs.org_id = mine.org_id AND theirs.issuer = mine.issuer
                          AND theirs.person_key = mine.person_key
    JOIN members them ON them.org_id = theirs.org_id AND them.id = theirs.member_id
    WHERE mine.org_id = NEW.org_id AND mine.member_id = NEW.id AND them.person_id = NEW.person_id AND them.id <> NEW.id
  ) THEN
    RAISE EXCEPTION 'no provider says that these accounts are one person''s' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER said_by_a_provider BEFORE UPDATE ON members
  FOR EACH ROW EXECUTE FUNCTION check_same_person();

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['identity_providers', 'identities', 'sign_ins'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = current_org_id()) WITH CHECK (org_id = current_org_id())',
      tenant_table
    );
  END LOOP;
END
$$;

GRANT SELECT, INSERT ON identity_providers, identities, sign_ins TO capward_app;
GRANT UPDATE (issuer, client_id, sealed_secret, scopes, person_claim, groups_claim, group_grants, email_domains,
              admits_unknown, enabled, set_by, set_with, set_at, confirmed_by, confirmed_with) ON identity_providers TO capward_app;
GRANT UPDATE (person_key) ON identities TO capward_app;
GRANT UPDATE (person_id) ON members TO capward_app;
-- Who leaves a group of the provider leaves its team; that they were in it stays in the history.
GRANT DELETE ON team_members TO capward_app;
