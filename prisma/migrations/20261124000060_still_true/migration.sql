-- What a request was judged by has to be true still: who signs in by a provider, and what it was judged beside.

-- ── Who signs in by a provider that two owners trust ───────────────────────────────────────────────────────────────
-- By issuer and domain: an issuer may be everybody's, and then another provider of one owner's lets strangers in by it.
CREATE FUNCTION signs_in_by_provider(org uuid, member uuid) RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS
$$
  SELECT EXISTS (
    SELECT FROM identities i
    JOIN members m ON m.org_id = i.org_id AND m.id = i.member_id
    JOIN identity_providers p ON p.org_id = i.org_id AND p.issuer = i.issuer
    WHERE i.org_id = org AND i.member_id = member AND p.enabled AND p.confirmed_by IS NOT NULL
      AND split_part(m.login, '@', 2) = ANY (p.email_domains))
$$;

-- Where the policy lets only those approve, a demand names nobody else, and is open to nobody else.
CREATE FUNCTION check_demanded_people() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (
    SELECT FROM policies WHERE org_id = NEW.org_id AND version::text = to_jsonb(NEW) ->> TG_ARGV[0]
      AND document::jsonb -> 'approversSignInByProvider' = 'true'
  ) AND EXISTS (
    SELECT FROM jsonb_array_elements(NEW.demands) demand
    CROSS JOIN jsonb_array_elements_text(
      CASE jsonb_typeof(demand -> 'people') WHEN 'array' THEN demand -> 'people' ELSE '[null]' END) person
    WHERE NOT EXISTS (
      SELECT FROM members m
      WHERE m.org_id = NEW.org_id AND m.person_id::text = person AND signs_in_by_provider(m.org_id, m.id))
  ) THEN
    RAISE EXCEPTION 'somebody who could meet the demands signs in by no provider' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER demands_of_the_policy BEFORE INSERT ON change_requests
  FOR EACH ROW EXECUTE FUNCTION check_demanded_people('policy_version');
CREATE TRIGGER demands_of_another_revision BEFORE UPDATE ON change_requests
  FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION check_demanded_people('policy_version');
CREATE TRIGGER demands_of_the_policy BEFORE INSERT ON policy_proposals
  FOR EACH ROW EXECUTE FUNCTION check_demanded_people('base_version');

-- ── What a request was judged beside ───────────────────────────────────────────────────────────────────────────────
-- The number of the revision in force then, where it made a difference. What waits already was judged without.
ALTER TABLE change_requests ADD COLUMN judged_beside INTEGER;

CREATE FUNCTION check_judged_still() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  IF EXISTS (
    SELECT FROM change_requests c JOIN profiles p ON p.org_id = c.org_id AND p.id = c.profile_id
    WHERE c.org_id = NEW.org_id AND c.id = NEW.request_id AND c.judged_beside IS NOT NULL AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.org_id = c.org_id AND a.profile_id = c.profile_id AND a.revision = c.judged_beside
        AND a.revision = p.approved_revision AND (a.expires_at IS NULL OR a.expires_at > now())
        AND NOT EXISTS (
          SELECT FROM revocations r WHERE r.org_id = a.org_id AND r.profile_id = a.profile_id AND r.revision = a.revision))
  ) THEN
    RAISE EXCEPTION 'what the request was judged beside is not in force' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER judged_still BEFORE INSERT ON approvals
  FOR EACH ROW EXECUTE FUNCTION check_judged_still();

CREATE FUNCTION refuse_other_judgement() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS
$$
BEGIN
  RAISE EXCEPTION 'what is asked stays judged as it was' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER judged_once BEFORE UPDATE ON change_requests
  FOR EACH ROW WHEN (NEW.revision = OLD.revision AND NEW.judged_beside IS DISTINCT FROM OLD.judged_beside)
  EXECUTE FUNCTION refuse_other_judgement();

GRANT UPDATE (judged_beside) ON change_requests TO capward_app;
