-- People leave. What they did stays under their name; nothing acts for them any more, and nothing new is made for them.

ALTER TABLE members ADD COLUMN left_at TIMESTAMPTZ(3);
-- Whoever is gone decides and runs nothing.
ALTER TABLE members ADD CONSTRAINT who_left_is_nothing CHECK (left_at IS NULL OR org_role = 'MEMBER');
GRANT UPDATE (left_at) ON members TO capward_app;

-- Locked, so that a credential is made before somebody leaves, and ends with it, or not at all.
CREATE FUNCTION refuse_who_left() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
DECLARE
  gone timestamptz;
BEGIN
  SELECT left_at INTO gone FROM members WHERE org_id = NEW.org_id AND id = NEW.member_id FOR SHARE;
  IF gone IS NOT NULL THEN
    RAISE EXCEPTION 'this person has left the organization' USING ERRCODE = 'CWL01';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER of_who_is_here BEFORE INSERT ON tokens FOR EACH ROW EXECUTE FUNCTION refuse_who_left();
CREATE TRIGGER of_who_is_here BEFORE INSERT ON sign_in_links FOR EACH ROW EXECUTE FUNCTION refuse_who_left();
CREATE TRIGGER of_who_is_here BEFORE INSERT OR UPDATE ON team_members FOR EACH ROW EXECUTE FUNCTION refuse_who_left();
