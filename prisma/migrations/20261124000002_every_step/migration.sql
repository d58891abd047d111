-- What the guards let through: a history that skips a number, and a request that begins decided.

-- ── Every number of the history has its event ──────────────────────────────────────────────────────────────────────
-- Asked at the commit, since the head moves first and the event follows it.
CREATE FUNCTION require_event() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.seq <> 0 THEN
    RAISE EXCEPTION 'a history begins with nothing' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NOT EXISTS (SELECT FROM audit_events WHERE org_id = NEW.org_id AND seq = NEW.seq) THEN
    RAISE EXCEPTION 'number % of the history has no event', NEW.seq USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER every_number_has_its_event AFTER INSERT OR UPDATE ON audit_heads
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_event();

-- ── A request begins pending ───────────────────────────────────────────────────────────────────────────────────────
CREATE FUNCTION begin_pending() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.state <> 'PENDING' THEN
    RAISE EXCEPTION 'a request begins pending' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER begins_pending BEFORE INSERT ON change_requests
  FOR EACH ROW EXECUTE FUNCTION begin_pending();
