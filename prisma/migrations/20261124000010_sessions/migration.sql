-- People sign in: a session is a credential as a token is, so whatever holds for those holds for it. Links begin one.

CREATE TYPE "token_kind" AS ENUM ('API', 'SESSION', 'WORKLOAD');

-- ── Tokens ─────────────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE tokens
  ADD COLUMN kind "token_kind" NOT NULL DEFAULT 'API',
  ADD COLUMN last_used_at TIMESTAMPTZ(3);

CREATE FUNCTION check_token_kind() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  owner_kind member_kind;
BEGIN
  IF NEW.kind = 'API' THEN
    RETURN NEW;
  END IF;
  SELECT kind INTO STRICT owner_kind FROM members WHERE org_id = NEW.org_id AND id = NEW.member_id;
  IF NEW.expires_at IS NULL THEN
    RAISE EXCEPTION 'only tokens may last for ever' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.kind = 'SESSION' AND (owner_kind <> 'HUMAN' OR cardinality(NEW.team_ids) > 0) THEN
    RAISE EXCEPTION 'people sign in, and as all that they are' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.kind = 'WORKLOAD' AND (
    owner_kind <> 'SERVICE' OR NOT NEW.scopes <@ ARRAY['profiles:read', 'profiles:export']
    OR NEW.expires_at > NEW.created_at + interval '60 minutes'
  ) THEN
    RAISE EXCEPTION 'a workload reads for an hour at the most' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER fits_its_kind BEFORE INSERT ON tokens
  FOR EACH ROW EXECUTE FUNCTION check_token_kind();

GRANT UPDATE (last_used_at) ON tokens TO capward_app;

-- ── Links that sign somebody in, once ──────────────────────────────────────────────────────────────────────────────
CREATE TABLE "sign_in_links" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "minted_by" UUID NOT NULL,
    "secret_sha256" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_links_pkey" PRIMARY KEY ("org_id","id")
);
CREATE UNIQUE INDEX "sign_in_links_org_id_secret_sha256_key" ON "sign_in_links"("org_id", "secret_sha256");
CREATE INDEX "sign_in_links_org_id_member_id_idx" ON "sign_in_links"("org_id", "member_id");
CREATE INDEX "sign_in_links_org_id_minted_by_idx" ON "sign_in_links"("org_id", "minted_by");
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_org_id_member_id_fkey"
  FOREIGN KEY ("org_id", "member_id") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_org_id_minted_by_fkey"
  FOREIGN KEY ("org_id", "minted_by") REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE sign_in_links
  ADD CONSTRAINT sign_in_links_sha256 CHECK (octet_length(secret_sha256) = 32),
  ADD CONSTRAINT sign_in_links_life CHECK (expires_at <= created_at + interval '15 minutes'),
  ADD CONSTRAINT sign_in_links_in_time CHECK (used_at < expires_at);

ALTER TABLE sign_in_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_links FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sign_in_links USING (org_id = current_org_id()) WITH CHECK (org_id = current_org_id());

CREATE FUNCTION check_link_use() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  IF OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'a link signs in once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER used_once BEFORE UPDATE ON sign_in_links
  FOR EACH ROW EXECUTE FUNCTION check_link_use();

GRANT SELECT, INSERT ON sign_in_links TO capward_app;
GRANT UPDATE (used_at) ON sign_in_links TO capward_app;

-- ── Where a tenant is found by its short name ──────────────────────────────────────────────────────────────────────
-- Who signs in knows the name of their organization and nothing else yet. One row can be asked for by its name; none
-- can be listed.
CREATE FUNCTION current_org_slug() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('capward.org_slug', true), '');
CREATE POLICY by_name ON orgs FOR SELECT USING (slug = current_org_slug());
