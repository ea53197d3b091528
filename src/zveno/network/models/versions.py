"""Which version of its rows a cluster's page for everybody shows, in one question."""

from uuid import UUID

from zveno.kernel import clock, questions
from zveno.kernel.errors import NotFound

_VERSION = """
    SELECT c.ctid::text, c.xmin::text, t.xmin::text, b.ctid::text, b.xmin::text,
        (SELECT string_agg(
                concat_ws(' ', m.ctid, m.xmin, o.ctid, o.xmin, p.xmin), ',' ORDER BY m.id)
            FROM network_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
                LEFT JOIN organisations_territory p ON p.id = o.territory_id
            WHERE m.cluster_id = c.id AND m.since <= %s AND (m.until IS NULL OR m.until > %s)),
        (SELECT string_agg(concat_ws(' ', r.ctid, r.xmin), ',' ORDER BY r.year)
            FROM network_result r WHERE r.cluster_id = c.id),
        (SELECT concat_ws(' ', h.ctid, h.xmin) FROM network_reform f
            JOIN network_cluster h ON h.id = f.target_id
            WHERE f.source_id = c.id AND f.kind = 'merger')
    FROM network_cluster c
        JOIN organisations_territory t ON t.id = c.territory_id
        JOIN organisations_organisation b ON b.id = c.base_id
    WHERE c.public_id = %s
"""


def version_of(key: UUID) -> tuple[object, ...]:
    """Name the version of a cluster, its members, results and heir; raise ``NotFound``.

    It tells where each row lies and which transaction wrote it, so every change gives another.
    """
    now = clock.now()
    for version in questions.rows(_VERSION, now, now, key):
        return version
    raise NotFound
