-- The human behind a member. Everybody is their own person, until an identity provider says that two accounts are one
-- human's: then both carry the person of the first.

-- Row-level security holds its owner too, and this concerns every tenant.
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members ADD COLUMN person_id UUID;
UPDATE members SET person_id = id;
ALTER TABLE members ALTER COLUMN person_id SET NOT NULL;
ALTER TABLE members ADD CONSTRAINT "members_org_id_person_id_fkey" FOREIGN KEY ("org_id", "person_id")
  REFERENCES "members"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE members FORCE ROW LEVEL SECURITY;

CREATE INDEX "members_org_id_person_id_idx" ON "members"("org_id", "person_id");

-- Who is who decides who may review what: it is said once, and never taken back.
CREATE FUNCTION check_person() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.person_id <> NEW.id THEN
      RAISE EXCEPTION 'a new member is their own person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.person_id = OLD.person_id THEN
    RETURN NEW;
  END IF;
  IF OLD.kind <> 'HUMAN' OR OLD.person_id <> OLD.id
     OR EXISTS (SELECT FROM members WHERE org_id = OLD.org_id AND person_id = OLD.id AND id <> OLD.id) THEN
    RAISE EXCEPTION 'who is behind a member is said once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (
    SELECT FROM members
    WHERE org_id = NEW.org_id AND id = NEW.person_id AND person_id = id AND kind = 'HUMAN'
  ) THEN
    RAISE EXCEPTION 'a person is known by the first of their accounts' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER person_said_once BEFORE INSERT OR UPDATE ON members
  FOR EACH ROW EXECUTE FUNCTION check_person();
