-- Policies, what a request takes by them, the life of requests and approvals, words between people, and break-glass.

-- ── Policies ───────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "policy_proposals" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "base_version" INTEGER NOT NULL,
    "justification" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "author_minted_by" UUID NOT NULL,
    "demands" JSONB NOT NULL,
    "required_approvals" INTEGER NOT NULL,
    "state" "request_state" NOT NULL DEFAULT 'PENDING',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_proposals_pkey" PRIMARY KEY ("org_id","id")
);

CREATE TABLE "policy_reviews" (
    "org_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "token_id" UUID NOT NULL,
    "verdict" "verdict" NOT NULL,
    "comment" TEXT,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_reviews_pkey" PRIMARY KEY ("org_id","proposal_id","reviewer_id")
);

CREATE TABLE "policies" (
    "org_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "proposal_id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "in_force_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("org_id","version")
);

CREATE UNIQUE INDEX "policies_org_id_proposal_id_key" ON "policies"("org_id", "proposal_id");
CREATE INDEX "policy_proposals_org_id_author_id_idx" ON "policy_proposals"("org_id", "author_id");
CREATE INDEX "policy_proposals_org_id_author_minted_by_idx" ON "policy_proposals"("org_id", "author_minted_by");
CREATE INDEX "policy_reviews_org_id_reviewer_id_idx" ON "policy_reviews"("org_id", "reviewer_id");

ALTER TABLE "policy_proposals" ADD CONSTRAINT "policy_proposals_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "policy_proposals" ADD CONSTRAINT "policy_proposals_org_id_author_minted_by_fkey" FOREIGN KEY ("org_id", "author_minted_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "policy_reviews" ADD CONSTRAINT "policy_reviews_org_id_proposal_id_fkey" FOREIGN KEY ("org_id", "proposal_id") REFERENCES "policy_proposals"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "policy_reviews" ADD CONSTRAINT "policy_reviews_org_id_reviewer_id_fkey" FOREIGN KEY ("org_id", "reviewer_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "policies" ADD CONSTRAINT "policies_org_id_proposal_id_fkey" FOREIGN KEY ("org_id", "proposal_id") REFERENCES "policy_proposals"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE policy_proposals
  ADD CONSTRAINT policy_proposals_address CHECK (digest = 'sha256:' || encode(sha256(convert_to(document, 'UTF8')), 'hex')),
  ADD CONSTRAINT policy_proposals_required CHECK (required_approvals >= 1),
  ADD CONSTRAINT policy_proposals_decided CHECK ((state = 'PENDING') = (decided_at IS NULL));
CREATE UNIQUE INDEX policy_proposals_one_pending ON policy_proposals (org_id) WHERE state = 'PENDING';

-- ── What a request takes, and for how long it waits ────────────────────────────────────────────────────────────────
-- Row-level security holds its owner too, and this concerns every tenant.
ALTER TABLE change_requests NO FORCE ROW LEVEL SECURITY;
ALTER TABLE change_requests
  ADD COLUMN demands JSONB,
  ADD COLUMN lapses_at TIMESTAMPTZ(3),
  ADD COLUMN ticket TEXT,
  ADD COLUMN capability_reasons JSONB NOT NULL DEFAULT '{}';
ALTER TABLE change_requests DISABLE TRIGGER decided_once;
UPDATE change_requests SET
  demands = jsonb_build_array(jsonb_build_object('group', 'approvers', 'approvals', required_approvals, 'people', NULL)),
  lapses_at = created_at + interval '30 days';
ALTER TABLE change_requests ENABLE TRIGGER decided_once;
ALTER TABLE change_requests ALTER COLUMN demands SET NOT NULL, ALTER COLUMN lapses_at SET NOT NULL;
ALTER TABLE change_requests FORCE ROW LEVEL SECURITY;

ALTER TABLE approvals ADD COLUMN automatic BOOLEAN NOT NULL DEFAULT false;

-- ── What people say about a request ────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "comments" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "suggestion" JSONB,
    "suggested_for" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "comments_org_id_request_id_id_idx" ON "comments"("org_id", "request_id", "id");
CREATE INDEX "comments_org_id_author_id_idx" ON "comments"("org_id", "author_id");
ALTER TABLE "comments" ADD CONSTRAINT "comments_org_id_request_id_fkey" FOREIGN KEY ("org_id", "request_id") REFERENCES "change_requests"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "comments" ADD CONSTRAINT "comments_org_id_author_id_fkey" FOREIGN KEY ("org_id", "author_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── What was said ahead of an end, so that it is said once ─────────────────────────────────────────────────────────
CREATE TABLE "reminders" (
    "org_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("org_id","profile_id","revision","kind")
);
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "approvals"("org_id", "profile_id", "revision") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE reminders ADD CONSTRAINT reminders_kind CHECK (kind IN ('week', 'day', 'end'));
CREATE INDEX "approvals_org_id_expires_at_idx" ON "approvals"("org_id", "expires_at");

-- ── Break-glass ────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "emergency_grants" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "opened_by" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "justified" BOOLEAN,
    "closing_comment" TEXT,

    CONSTRAINT "emergency_grants_pkey" PRIMARY KEY ("org_id","id")
);
CREATE INDEX "emergency_grants_org_id_profile_id_revision_idx" ON "emergency_grants"("org_id", "profile_id", "revision");
CREATE INDEX "emergency_grants_org_id_person_id_idx" ON "emergency_grants"("org_id", "person_id");
CREATE INDEX "emergency_grants_org_id_opened_by_idx" ON "emergency_grants"("org_id", "opened_by");
CREATE INDEX "emergency_grants_org_id_closed_by_idx" ON "emergency_grants"("org_id", "closed_by");
ALTER TABLE "emergency_grants" ADD CONSTRAINT "emergency_grants_org_id_profile_id_revision_fkey" FOREIGN KEY ("org_id", "profile_id", "revision") REFERENCES "revisions"("org_id", "profile_id", "number") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "emergency_grants" ADD CONSTRAINT "emergency_grants_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "emergency_grants" ADD CONSTRAINT "emergency_grants_org_id_opened_by_fkey" FOREIGN KEY ("org_id", "opened_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "emergency_grants" ADD CONSTRAINT "emergency_grants_org_id_closed_by_fkey" FOREIGN KEY ("org_id", "closed_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE emergency_grants
  ADD CONSTRAINT emergency_grants_short CHECK (ends_at > opened_at AND ends_at <= opened_at + interval '72 hours'),
  ADD CONSTRAINT emergency_grants_closed CHECK (
    num_nulls(closed_by, closed_at, justified, closing_comment) IN (0, 4)
  );

-- ── Tenancy and ledgers ────────────────────────────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'policy_proposals', 'policy_reviews', 'policies', 'comments', 'reminders', 'emergency_grants'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = current_org_id()) WITH CHECK (org_id = current_org_id())',
      tenant_table
    );
  END LOOP;
  FOREACH tenant_table IN ARRAY ARRAY['policy_reviews', 'policies', 'comments', 'reminders'] LOOP
    EXECUTE format(
      'CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()',
      tenant_table
    );
    EXECUTE format(
      'CREATE TRIGGER never_truncated BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()',
      tenant_table
    );
  END LOOP;
END
$$;

-- ── Who is who, when it comes to reviews ───────────────────────────────────────────────────────────────────────────
CREATE FUNCTION person_of(org uuid, member uuid) RETURNS uuid
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT person_id FROM members WHERE org_id = org AND id = member $$;

-- Whether two reviews may be one person's: the same, or one of whom made the token of the other.
CREATE FUNCTION maybe_one_person(org uuid, one uuid, one_made_by uuid, other uuid, other_made_by uuid) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT person_of(org, one) = person_of(org, other) OR person_of(org, one) = person_of(org, other_made_by)
      OR person_of(org, one_made_by) = person_of(org, other)
$$;

-- Whether the credential of a review may carry it, and is its reviewer's own.
CREATE FUNCTION require_reviewer(org uuid, reviewer_id uuid, token_id uuid, team uuid) RETURNS uuid
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  reviewer members%ROWTYPE;
  token tokens%ROWTYPE;
BEGIN
  SELECT * INTO STRICT reviewer FROM members WHERE org_id = org AND id = reviewer_id;
  SELECT * INTO STRICT token FROM tokens WHERE org_id = org AND id = token_id;
  IF reviewer.kind <> 'HUMAN' OR reviewer.org_role NOT IN ('OWNER', 'APPROVER') THEN
    RAISE EXCEPTION 'the reviewer is not an approver' USING ERRCODE = 'restrict_violation';
  END IF;
  IF token.member_id <> reviewer.id OR NOT 'requests:review' = ANY (token.scopes)
     OR token.revoked_at IS NOT NULL OR token.expires_at <= now()
     OR (cardinality(token.team_ids) > 0 AND (team IS NULL OR NOT team = ANY (token.team_ids))) THEN
    RAISE EXCEPTION 'the token does not allow the review' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN token.minted_by;
END
$$;

CREATE OR REPLACE FUNCTION check_review() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  request change_requests%ROWTYPE;
  asked revisions%ROWTYPE;
  minter uuid;
  authors uuid[];
  behind uuid[];
BEGIN
  SELECT * INTO STRICT request FROM change_requests WHERE org_id = NEW.org_id AND id = NEW.request_id FOR UPDATE;
  SELECT * INTO STRICT asked FROM revisions
    WHERE org_id = NEW.org_id AND profile_id = NEW.profile_id AND number = NEW.revision;

  IF request.state <> 'PENDING' OR request.profile_id <> NEW.profile_id OR request.revision <> NEW.revision THEN
    RAISE EXCEPTION 'the review is not of what is being asked' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.digest <> asked.digest THEN
    RAISE EXCEPTION 'the review is of another digest' USING ERRCODE = 'restrict_violation';
  END IF;
  minter := require_reviewer(NEW.org_id, NEW.reviewer_id, NEW.token_id,
    (SELECT team_id FROM profiles WHERE org_id = NEW.org_id AND id = NEW.profile_id));

  -- People, not accounts: two accounts of one human are one.
  SELECT array_agg(person_id) INTO authors FROM members
    WHERE org_id = NEW.org_id AND id IN (request.author_id, asked.author_id);
  -- Behind a service account is whoever made the token that it asked with.
  SELECT array_agg(person_id) INTO behind FROM members
    WHERE org_id = NEW.org_id AND id = asked.author_minted_by
      AND EXISTS (SELECT FROM members a WHERE a.org_id = NEW.org_id AND a.id = asked.author_id AND a.kind = 'SERVICE');
  IF person_of(NEW.org_id, NEW.reviewer_id) = ANY (authors) OR person_of(NEW.org_id, minter) = ANY (authors) THEN
    RAISE EXCEPTION 'authors do not review their own request' USING ERRCODE = 'restrict_violation';
  END IF;
  IF person_of(NEW.org_id, NEW.reviewer_id) = ANY (behind) OR person_of(NEW.org_id, minter) = ANY (behind) THEN
    RAISE EXCEPTION 'whoever is behind a service account does not review for it' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (
    SELECT FROM reviews v JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
    WHERE v.org_id = NEW.org_id AND v.request_id = NEW.request_id AND v.revision = NEW.revision
      AND maybe_one_person(NEW.org_id, v.reviewer_id, k.minted_by, NEW.reviewer_id, minter)
  ) THEN
    RAISE EXCEPTION 'one person reviews once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

-- ── What a snapshot of demands is, and when it is met ──────────────────────────────────────────────────────────────
CREATE FUNCTION demanded(demands jsonb) RETURNS bigint
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT COALESCE(sum((demand ->> 'approvals')::int), 0) FROM jsonb_array_elements(demands) demand $$;

ALTER TABLE change_requests ADD CONSTRAINT change_requests_demands CHECK (required_approvals = demanded(demands));
ALTER TABLE policy_proposals ADD CONSTRAINT policy_proposals_demands CHECK (required_approvals = demanded(demands));

-- Necessary, and for groups that share nobody sufficient; who of several groups counts where is decided before.
CREATE FUNCTION require_demands(demands jsonb, approvers uuid[]) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  demand jsonb;
  given integer;
BEGIN
  FOR demand IN SELECT * FROM jsonb_array_elements(demands) LOOP
    SELECT count(DISTINCT person) INTO given FROM unnest(approvers) person
      WHERE jsonb_typeof(demand -> 'people') = 'null' OR demand -> 'people' ? person::text;
    IF given < (demand ->> 'approvals')::int THEN
      RAISE EXCEPTION 'approvals of %: % of %', demand ->> 'group', given, demand ->> 'approvals'
        USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION check_approval() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  request change_requests%ROWTYPE;
  asked revisions%ROWTYPE;
  before revisions%ROWTYPE;
  holds approvals%ROWTYPE;
  approvers uuid[];
  rejections integer;
BEGIN
  SELECT * INTO STRICT request FROM change_requests WHERE org_id = NEW.org_id AND id = NEW.request_id FOR UPDATE;
  IF request.state NOT IN ('PENDING', 'APPROVED')
     OR request.profile_id <> NEW.profile_id OR request.revision <> NEW.revision THEN
    RAISE EXCEPTION 'the approval is not of what is being asked' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT array_agg(DISTINCT m.person_id) FILTER (WHERE v.verdict = 'APPROVE'), count(*) FILTER (WHERE v.verdict = 'REJECT')
    INTO approvers, rejections
    FROM reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
    WHERE v.org_id = NEW.org_id AND v.request_id = NEW.request_id AND v.revision = NEW.revision;
  IF rejections > 0 THEN
    RAISE EXCEPTION 'approvals: % of %, rejections: %', COALESCE(cardinality(approvers), 0), request.required_approvals,
      rejections USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT NEW.automatic THEN
    -- Who has turned out to be the author by another account does not count.
    SELECT array_agg(person) INTO approvers FROM unnest(approvers) person WHERE person NOT IN (
      SELECT a.person_id FROM members a JOIN revisions r ON r.org_id = a.org_id
        WHERE a.org_id = NEW.org_id AND r.profile_id = NEW.profile_id AND r.number = NEW.revision
          AND (a.id IN (r.author_id, request.author_id)
               OR a.id = r.author_minted_by AND EXISTS (
                 SELECT FROM members s WHERE s.org_id = r.org_id AND s.id = r.author_id AND s.kind = 'SERVICE')));
    IF COALESCE(cardinality(approvers), 0) < request.required_approvals THEN
      RAISE EXCEPTION 'approvals: % of %, rejections: %', COALESCE(cardinality(approvers), 0), request.required_approvals,
        rejections USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM require_demands(request.demands, approvers);
    RETURN NEW;
  END IF;
  -- Without reviews only what grants nothing beyond what is in force, for no longer.
  SELECT * INTO STRICT asked FROM revisions
    WHERE org_id = NEW.org_id AND profile_id = NEW.profile_id AND number = NEW.revision;
  SELECT a.* INTO holds FROM approvals a JOIN profiles p ON p.org_id = a.org_id AND p.id = a.profile_id
    WHERE a.org_id = NEW.org_id AND a.profile_id = NEW.profile_id AND a.revision = p.approved_revision
      AND (a.expires_at IS NULL OR a.expires_at > now())
      AND NOT EXISTS (
        SELECT FROM revocations r WHERE r.org_id = a.org_id AND r.profile_id = a.profile_id AND r.revision = a.revision);
  SELECT * INTO before FROM revisions
    WHERE org_id = NEW.org_id AND profile_id = NEW.profile_id AND number = holds.revision;
  IF before.number IS NULL OR asked.privileged
     OR asked.runtime <> before.runtime OR asked.run_user IS DISTINCT FROM before.run_user
     OR (before.no_new_privileges AND NOT asked.no_new_privileges)
     OR asked.bounding & ~before.bounding <> 0 OR asked.permitted & ~before.permitted <> 0
     OR asked.effective & ~before.effective <> 0 OR asked.inheritable & ~before.inheritable <> 0
     OR asked.ambient & ~before.ambient <> 0
     OR (holds.expires_at IS NOT NULL AND (NEW.expires_at IS NULL OR NEW.expires_at > holds.expires_at)) THEN
    RAISE EXCEPTION 'what goes beyond what is in force takes reviews' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION check_request_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF OLD.state <> 'PENDING' THEN
    RAISE EXCEPTION 'a decided request does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.revision = OLD.revision AND NEW.demands <> OLD.demands THEN
    RAISE EXCEPTION 'what is asked takes the approvals that it took' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.revision <> OLD.revision AND EXISTS (
    SELECT FROM revisions before JOIN revisions after
        ON after.org_id = before.org_id AND after.profile_id = before.profile_id AND after.number = NEW.revision
      JOIN members a ON a.org_id = before.org_id AND a.id = before.author_id
    WHERE before.org_id = NEW.org_id AND before.profile_id = NEW.profile_id AND before.number = OLD.revision
      AND a.kind = 'SERVICE'
      AND person_of(NEW.org_id, before.author_minted_by) <> person_of(NEW.org_id, after.author_minted_by)
  ) THEN
    RAISE EXCEPTION 'whoever is behind a request stays behind it' USING ERRCODE = 'restrict_violation';
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

-- ── Policies change by approval ────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION check_policy_review() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  proposal policy_proposals%ROWTYPE;
  minter uuid;
  authors uuid[];
BEGIN
  SELECT * INTO STRICT proposal FROM policy_proposals WHERE org_id = NEW.org_id AND id = NEW.proposal_id FOR UPDATE;
  IF proposal.state <> 'PENDING' OR NEW.digest <> proposal.digest THEN
    RAISE EXCEPTION 'the review is not of what is being asked' USING ERRCODE = 'restrict_violation';
  END IF;
  minter := require_reviewer(NEW.org_id, NEW.reviewer_id, NEW.token_id, NULL);
  SELECT array_agg(person_id) INTO authors FROM members
    WHERE org_id = NEW.org_id AND id IN (proposal.author_id, proposal.author_minted_by);
  IF person_of(NEW.org_id, NEW.reviewer_id) = ANY (authors) OR person_of(NEW.org_id, minter) = ANY (authors) THEN
    RAISE EXCEPTION 'authors do not review their own proposal' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (
    SELECT FROM policy_reviews v JOIN tokens k ON k.org_id = v.org_id AND k.id = v.token_id
    WHERE v.org_id = NEW.org_id AND v.proposal_id = NEW.proposal_id
      AND maybe_one_person(NEW.org_id, v.reviewer_id, k.minted_by, NEW.reviewer_id, minter)
  ) THEN
    RAISE EXCEPTION 'one person reviews once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER reviewer_may BEFORE INSERT ON policy_reviews
  FOR EACH ROW EXECUTE FUNCTION check_policy_review();

CREATE FUNCTION check_policy() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  proposal policy_proposals%ROWTYPE;
  approvers uuid[];
  rejections integer;
BEGIN
  SELECT * INTO STRICT proposal FROM policy_proposals WHERE org_id = NEW.org_id AND id = NEW.proposal_id FOR UPDATE;
  SELECT array_agg(DISTINCT m.person_id) FILTER (WHERE v.verdict = 'APPROVE'), count(*) FILTER (WHERE v.verdict = 'REJECT')
    INTO approvers, rejections
    FROM policy_reviews v JOIN members m ON m.org_id = v.org_id AND m.id = v.reviewer_id
    WHERE v.org_id = NEW.org_id AND v.proposal_id = NEW.proposal_id;
  -- Who has turned out to be the author by another account does not count.
  SELECT array_agg(person) INTO approvers FROM unnest(approvers) person
    WHERE person NOT IN (person_of(NEW.org_id, proposal.author_id), person_of(NEW.org_id, proposal.author_minted_by));
  IF proposal.state <> 'PENDING' OR proposal.document <> NEW.document OR proposal.digest <> NEW.digest
     OR NEW.version <> proposal.base_version + 1
     OR NEW.version <> (SELECT COALESCE(max(version), 0) + 1 FROM policies WHERE org_id = NEW.org_id)
     OR rejections > 0 OR COALESCE(cardinality(approvers), 0) < proposal.required_approvals THEN
    RAISE EXCEPTION 'a policy comes in force by its approved proposal' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM require_demands(proposal.demands, approvers);
  RETURN NEW;
END
$$;
CREATE TRIGGER approved_first BEFORE INSERT ON policies
  FOR EACH ROW EXECUTE FUNCTION check_policy();

CREATE FUNCTION check_proposal_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF OLD.state <> 'PENDING' THEN
    RAISE EXCEPTION 'a decided proposal does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'APPROVED' AND NOT EXISTS (SELECT FROM policies WHERE org_id = NEW.org_id AND proposal_id = NEW.id) THEN
    RAISE EXCEPTION 'a proposal is approved by its policy' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER decided_once BEFORE UPDATE ON policy_proposals
  FOR EACH ROW EXECUTE FUNCTION check_proposal_change();
CREATE TRIGGER begins_pending BEFORE INSERT ON policy_proposals
  FOR EACH ROW EXECUTE FUNCTION begin_pending();

-- ── Break-glass is closed once, by somebody else ───────────────────────────────────────────────────────────────────
CREATE FUNCTION check_emergency() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a closed emergency stays closed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF person_of(NEW.org_id, NEW.closed_by) IN (
    person_of(NEW.org_id, NEW.opened_by), person_of(NEW.org_id, NEW.person_id)
  ) THEN
    RAISE EXCEPTION 'an emergency is closed by somebody else' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER closed_once BEFORE UPDATE OR DELETE ON emergency_grants
  FOR EACH ROW EXECUTE FUNCTION check_emergency();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON emergency_grants
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- ── Grants: no more than the use cases need ────────────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT ON policy_proposals, policy_reviews, policies, comments, reminders, emergency_grants TO capward_app;
GRANT UPDATE (state, decided_at) ON policy_proposals TO capward_app;
GRANT UPDATE (closed_by, closed_at, justified, closing_comment) ON emergency_grants TO capward_app;
GRANT UPDATE (demands, lapses_at, ticket, capability_reasons) ON change_requests TO capward_app;
