-- What the tables alone cannot promise: whose rows are whose, what may never change, and who may approve.
-- Every function is SECURITY INVOKER: none of them can see more than its caller. Each names its search path, temporary
-- tables last: otherwise a temporary table of the same name would stand in for the real one.

-- ── The application's role: owns nothing, cannot bypass row-level security ─────────────────────────────────────────
-- Log-in roles are made a member of it (`capward admin migrate` does that for the user of DATABASE_URL).
DO $$
BEGIN
  CREATE ROLE capward_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION
  -- The role is the cluster's, not the database's: another database of this cluster may have made it, even right now.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- ── Tenancy ────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The tenant of this transaction; NULL, and so no row at all, until it is set. PostgreSQL leaves an empty string
-- behind where a transaction-local setting ends, hence NULLIF.
CREATE FUNCTION current_org_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('capward.org_id', true), '')::uuid;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'orgs', 'members', 'teams', 'team_members', 'tokens', 'profiles', 'revisions', 'change_requests', 'reviews',
    'approvals', 'revocations', 'audit_heads', 'audit_events'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = current_org_id()) WITH CHECK (org_id = current_org_id())',
      tenant_table
    );
  END LOOP;
END
$$;

-- ── Shapes ─────────────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE orgs
  ADD CONSTRAINT orgs_slug_shape CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
ALTER TABLE teams
  ADD CONSTRAINT teams_slug_shape CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
ALTER TABLE profiles
  ADD CONSTRAINT profiles_name_shape CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$');
ALTER TABLE members
  ADD CONSTRAINT members_login_lower CHECK (login = lower(login)),
  ADD CONSTRAINT members_service_role CHECK (kind = 'HUMAN' OR org_role = 'MEMBER');
ALTER TABLE tokens
  ADD CONSTRAINT tokens_sha256 CHECK (octet_length(secret_sha256) = 32),
  ADD CONSTRAINT tokens_scopes CHECK (
    scopes <@ ARRAY['profiles:read', 'profiles:export', 'requests:write', 'requests:review', 'audit:read', 'admin']
    AND cardinality(scopes) > 0
  );
ALTER TABLE revisions
  ADD CONSTRAINT revisions_number CHECK (number >= 1),
  ADD CONSTRAINT revisions_content_address
    CHECK (digest = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  ADD CONSTRAINT revisions_risk CHECK (risk_micro BETWEEN 0 AND 100000000);
ALTER TABLE change_requests
  ADD CONSTRAINT change_requests_required CHECK (required_approvals >= 1),
  ADD CONSTRAINT change_requests_life CHECK (expires_in_days BETWEEN 1 AND 3650),
  ADD CONSTRAINT change_requests_decided CHECK ((state = 'PENDING') = (decided_at IS NULL));
ALTER TABLE audit_events
  ADD CONSTRAINT audit_events_leaf CHECK (leaf_hash = sha256('\x00'::bytea || convert_to(record, 'UTF8')));

CREATE UNIQUE INDEX change_requests_one_pending ON change_requests (org_id, profile_id) WHERE state = 'PENDING';

-- ── What is written once ───────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION refuse_rewrite() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

DO $$
DECLARE
  ledger_table text;
BEGIN
  FOREACH ledger_table IN ARRAY ARRAY['revisions', 'reviews', 'approvals', 'revocations', 'audit_events'] LOOP
    EXECUTE format(
      'CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()',
      ledger_table
    );
    EXECUTE format(
      'CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()',
      ledger_table
    );
  END LOOP;
END
$$;

-- ── The history has no gaps and is never wound back ────────────────────────────────────────────────────────────────
CREATE FUNCTION advance_audit_head() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.org_id <> OLD.org_id OR NEW.seq <> OLD.seq + 1 THEN
    RAISE EXCEPTION 'the history only grows, one event at a time' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER only_forward BEFORE UPDATE OR DELETE ON audit_heads
  FOR EACH ROW EXECUTE FUNCTION advance_audit_head();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

CREATE FUNCTION follow_audit_head() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NEW.seq IS DISTINCT FROM (SELECT seq FROM audit_heads WHERE org_id = NEW.org_id) THEN
    RAISE EXCEPTION 'event % does not follow the head of the history', NEW.seq USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER follows_head BEFORE INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION follow_audit_head();

-- ── Who may review ─────────────────────────────────────────────────────────────────────────────────────────────────
-- The application decides this too. It stands here as well, so that a fault of the application approves nothing.
CREATE FUNCTION check_review() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  request change_requests%ROWTYPE;
  asked revisions%ROWTYPE;
  author members%ROWTYPE;
  reviewer members%ROWTYPE;
  token tokens%ROWTYPE;
BEGIN
  SELECT * INTO STRICT request FROM change_requests WHERE org_id = NEW.org_id AND id = NEW.request_id FOR UPDATE;
  SELECT * INTO STRICT asked FROM revisions
    WHERE org_id = NEW.org_id AND profile_id = NEW.profile_id AND number = NEW.revision;
  SELECT * INTO STRICT author FROM members WHERE org_id = NEW.org_id AND id = asked.author_id;
  SELECT * INTO STRICT reviewer FROM members WHERE org_id = NEW.org_id AND id = NEW.reviewer_id;
  SELECT * INTO STRICT token FROM tokens WHERE org_id = NEW.org_id AND id = NEW.token_id;

  IF request.state <> 'PENDING' OR request.profile_id <> NEW.profile_id OR request.revision <> NEW.revision THEN
    RAISE EXCEPTION 'the review is not of what is being asked' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.digest <> asked.digest THEN
    RAISE EXCEPTION 'the review is of another digest' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.reviewer_id IN (request.author_id, asked.author_id) OR token.minted_by IN (request.author_id, asked.author_id) THEN
    RAISE EXCEPTION 'authors do not review their own request' USING ERRCODE = 'restrict_violation';
  END IF;
  -- Behind a service account is whoever made the token that it asked with.
  IF author.kind = 'SERVICE' AND NEW.reviewer_id = asked.author_minted_by THEN
    RAISE EXCEPTION 'whoever is behind a service account does not review for it' USING ERRCODE = 'restrict_violation';
  END IF;
  IF reviewer.kind <> 'HUMAN' OR reviewer.org_role NOT IN ('OWNER', 'APPROVER') THEN
    RAISE EXCEPTION 'the reviewer is not an approver' USING ERRCODE = 'restrict_violation';
  END IF;
  IF token.member_id <> NEW.reviewer_id OR NOT 'requests:review' = ANY (token.scopes)
     OR token.revoked_at IS NOT NULL OR token.expires_at <= now()
     OR (cardinality(token.team_ids) > 0 AND NOT EXISTS (
          SELECT FROM profiles WHERE org_id = NEW.org_id AND id = NEW.profile_id AND team_id = ANY (token.team_ids))) THEN
    RAISE EXCEPTION 'the token does not allow the review' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER reviewer_may BEFORE INSERT ON reviews
  FOR EACH ROW EXECUTE FUNCTION check_review();

-- ── What may come in force ─────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION check_approval() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  request change_requests%ROWTYPE;
  approvals_given integer;
  rejections integer;
BEGIN
  SELECT * INTO STRICT request FROM change_requests WHERE org_id = NEW.org_id AND id = NEW.request_id FOR UPDATE;
  IF request.state NOT IN ('PENDING', 'APPROVED')
     OR request.profile_id <> NEW.profile_id OR request.revision <> NEW.revision THEN
    RAISE EXCEPTION 'the approval is not of what is being asked' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT count(*) FILTER (WHERE verdict = 'APPROVE'), count(*) FILTER (WHERE verdict = 'REJECT')
    INTO approvals_given, rejections
    FROM reviews
    WHERE org_id = NEW.org_id AND request_id = NEW.request_id AND revision = NEW.revision;
  IF approvals_given < request.required_approvals OR rejections > 0 THEN
    RAISE EXCEPTION 'approvals: % of %, rejections: %', approvals_given, request.required_approvals, rejections
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER enough_reviews BEFORE INSERT ON approvals
  FOR EACH ROW EXECUTE FUNCTION check_approval();

CREATE FUNCTION check_request_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF OLD.state <> 'PENDING' THEN
    RAISE EXCEPTION 'a decided request does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.revision = OLD.revision AND NEW.required_approvals < OLD.required_approvals THEN
    RAISE EXCEPTION 'what is asked takes as many approvals as it took' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.revision < OLD.revision THEN
    RAISE EXCEPTION 'a request moves on to later revisions only' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'APPROVED' AND NOT EXISTS (
    SELECT FROM approvals
    WHERE org_id = NEW.org_id AND profile_id = NEW.profile_id AND revision = NEW.revision AND request_id = NEW.id
  ) THEN
    RAISE EXCEPTION 'a request is approved by its approval' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER decided_once BEFORE UPDATE ON change_requests
  FOR EACH ROW EXECUTE FUNCTION check_request_change();

-- ── What only moves forward ────────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION check_profile_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF NEW.last_revision < OLD.last_revision
     OR (OLD.approved_revision IS NOT NULL AND (NEW.approved_revision IS NULL OR NEW.approved_revision < OLD.approved_revision)) THEN
    RAISE EXCEPTION 'a profile moves on to later revisions only' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER only_forward BEFORE UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION check_profile_change();

CREATE FUNCTION check_token_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a revoked token stays revoked' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER revoked_for_good BEFORE UPDATE ON tokens
  FOR EACH ROW EXECUTE FUNCTION check_token_change();

-- ── Grants: no more than the use cases need ────────────────────────────────────────────────────────────────────────
GRANT USAGE ON SCHEMA public TO capward_app;
GRANT SELECT, INSERT ON
  orgs, members, teams, team_members, tokens, profiles, revisions, change_requests, reviews, approvals, revocations,
  audit_heads, audit_events
  TO capward_app;
GRANT UPDATE (org_role) ON members TO capward_app;
GRANT UPDATE (role) ON team_members TO capward_app;
GRANT UPDATE (revoked_at) ON tokens TO capward_app;
GRANT UPDATE (last_revision, approved_revision) ON profiles TO capward_app;
GRANT UPDATE (state, revision, justification, expires_in_days, required_approvals, policy_version, decided_at)
  ON change_requests TO capward_app;
GRANT UPDATE (seq) ON audit_heads TO capward_app;
-- Nothing here needs temporary tables.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION
  -- The database may be somebody else's. The functions above do not look at temporary tables first anyway.
  WHEN insufficient_privilege THEN NULL;
END
$$;
-- So that the service can see whether the database is as new as itself.
DO $$
BEGIN
  GRANT SELECT ON _prisma_migrations TO capward_app;
EXCEPTION
  -- A shadow database, as `prisma migrate dev` makes one, has no such table.
  WHEN undefined_table THEN NULL;
END
$$;
