-- A token gets another secret and stays the same token; for a while the old secret works beside the new one.

ALTER TABLE tokens
  ADD COLUMN previous_sha256 BYTEA,
  ADD COLUMN previous_until TIMESTAMPTZ(3),
  ADD CONSTRAINT tokens_previous CHECK (
    octet_length(previous_sha256) = 32 AND (previous_sha256 IS NULL) = (previous_until IS NULL)
  );
CREATE UNIQUE INDEX "tokens_org_id_previous_sha256_key" ON "tokens"("org_id", "previous_sha256");

CREATE OR REPLACE FUNCTION check_token_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a revoked token stays revoked' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.secret_sha256 = OLD.secret_sha256 THEN
    IF ROW(NEW.minted_by, NEW.expires_at, NEW.previous_sha256, NEW.previous_until)
       IS DISTINCT FROM ROW(OLD.minted_by, OLD.expires_at, OLD.previous_sha256, OLD.previous_until) THEN
      RAISE EXCEPTION 'a token changes with its secret only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.kind <> 'API' THEN
    RAISE EXCEPTION 'only tokens are rotated' USING ERRCODE = 'restrict_violation';
  END IF;
  -- Whoever has seen a secret that works is the one who is said to be behind it: with a new maker, the old secret ends.
  IF NEW.previous_sha256 IS NOT NULL
     AND (NEW.previous_sha256 <> OLD.secret_sha256 OR NEW.minted_by <> OLD.minted_by) THEN
    RAISE EXCEPTION 'only the last secret of the same maker goes on for a while' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

GRANT UPDATE (secret_sha256, previous_sha256, previous_until, minted_by, expires_at) ON tokens TO capward_app;
