"""Events that were held before are told to the ties of their clusters."""

from django.db import migrations

TELL = """
INSERT INTO network_deed (public_id, cluster_id, organisation_id, what, source, day, children)
SELECT gen_random_uuid(), e.cluster_id, w.organisation, 'event', 'events.Event:' || e.id,
    (e.starts_at AT TIME ZONE e.time_zone)::date, w.came
FROM events_event e CROSS JOIN LATERAL (
    SELECT e.host_id AS organisation, COALESCE(max(g.came), 0) AS came FROM events_group g
    WHERE g.event_id = e.id AND g.sender_id = e.host_id
    UNION ALL
    SELECT g.sender_id, max(g.came) FROM events_group g
    WHERE g.event_id = e.id AND g.sender_id <> e.host_id AND g.came > 0 GROUP BY 1) w
WHERE e.state = 'held';
INSERT INTO network_tie AS t
    (public_id, cluster_id, organisation_id, events, last_on, last_what)
SELECT gen_random_uuid(), d.cluster_id, d.organisation_id,
    count(*) FILTER (WHERE d.what = 'event' AND d.day > CURRENT_DATE - 365), max(d.day),
    (array_agg(d.what ORDER BY d.day DESC, d.id DESC))[1]
FROM network_deed d GROUP BY d.cluster_id, d.organisation_id
ON CONFLICT (cluster_id, organisation_id) DO UPDATE
    SET events = EXCLUDED.events, last_on = EXCLUDED.last_on, last_what = EXCLUDED.last_what;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0004_words_of_choices"),
        ("network", "0007_ties"),
    ]

    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
