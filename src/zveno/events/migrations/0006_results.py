"""What came of the academic years before is counted."""

from django.db import migrations

COUNT = """
INSERT INTO network_result (public_id, cluster_id, year, events, visits, agreements)
SELECT gen_random_uuid(), y.cluster_id, y.year, sum(y.events), sum(y.visits), sum(y.agreements)
FROM (
    SELECT cluster_id, date_part('year', day - interval '8 months')::int AS year,
        count(DISTINCT source) AS events, sum(children) AS visits, 0 AS agreements
    FROM network_deed WHERE what = 'event' GROUP BY 1, 2
    UNION ALL
    SELECT cluster_id, date_part('year', in_force_at - interval '8 months')::int, 0, 0, count(*)
    FROM network_agreement WHERE in_force_at IS NOT NULL GROUP BY 1, 2) y
GROUP BY y.cluster_id, y.year;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0005_ties"),
        ("network", "0009_results"),
    ]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
