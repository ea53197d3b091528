"""Places and counts of events to come follow a child's ground, whichever verb gives or ends it."""

from django.db import migrations

# 365 days: models.events.KEPT_AFTER.
FUNCTIONS = """
CREATE FUNCTION events_follow_ground() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.unfounded_since IS NOT NULL THEN
        WITH lost AS (
            UPDATE events_place SET consented = false
            WHERE learner_id = NEW.id AND consented AND came_at IS NULL RETURNING group_id
        ) UPDATE events_group g SET consented = g.consented - 1 FROM lost WHERE g.id = lost.group_id;
    ELSE
        WITH back AS (
            UPDATE events_place p SET consented = true
            FROM events_group g JOIN events_event e ON e.id = g.event_id
            WHERE g.id = p.group_id AND p.learner_id = NEW.id AND NOT p.consented
                AND g.state = 'listed' AND e.ends_at > zveno_now()
            RETURNING p.group_id, e.id AS event_id, e.host_id, e.ends_at
        ), counted AS (
            UPDATE events_group g SET consented = g.consented + 1
            FROM back WHERE g.id = back.group_id
        ) INSERT INTO learners_disclosure
            (public_id, learner_id, owner_id, organisation_id, purpose, source, until)
        SELECT gen_random_uuid(), NEW.id, NEW.owner_id, host_id, 'participation',
            'events.Event:' || event_id, ends_at + interval '365 days' FROM back
        ON CONFLICT (learner_id, organisation_id, source) DO UPDATE SET until = EXCLUDED.until;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER followed_by_places AFTER UPDATE OF unfounded_since ON learners_learner
    FOR EACH ROW WHEN ((OLD.unfounded_since IS NULL) <> (NEW.unfounded_since IS NULL))
    EXECUTE FUNCTION events_follow_ground();
"""
NO_FUNCTIONS = """
DROP TRIGGER followed_by_places ON learners_learner;
DROP FUNCTION events_follow_ground;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0006_grounds"),
        ("events", "0007_finding"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
