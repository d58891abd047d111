-- Pages of the list of profiles, and of what one person did, in the order in which they are shown.
CREATE INDEX "profiles_org_id_name_id_idx" ON "profiles" ("org_id", "name", "id");
CREATE INDEX "audit_events_org_id_actor_login_seq_idx" ON "audit_events" ("org_id", "actor_login", "seq");
