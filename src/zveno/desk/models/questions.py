"""What the frame and the home page ask, in SQL.

They stand on every page and on the one that opens each morning, and Django needs ten times as
long to make such questions as the database to answer them. ``tests/test_questions.py`` compares
each with the question of the ORM it equals; ``led`` are organisations of the actor's scope.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from zveno.events.models import Event
from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.network.models.agreements import renewed_from
from zveno.people.models import Task

_JOINED = """
    (c.base_id = ANY(%s) OR c.id IN (SELECT m.cluster_id FROM network_membership m
            LEFT JOIN network_reform r ON r.id = m.ended_by_id
        WHERE m.organisation_id = ANY(%s) AND (r.kind = 'merger'
            OR (m.since <= %s AND (m.until IS NULL OR m.until > %s)))))
"""


class Joined(NamedTuple):
    """A cluster that an organisation of the scope leads (``base``) or belongs to."""

    public_id: UUID
    name: str
    territory: str
    base: int


class Framed(NamedTuple):
    """Who is signed in, how many notices they have not read, and the clusters of their menu."""

    family_name: str
    given_name: str
    unread: int
    clusters: list[Joined]


_FRAME = f"""
    SELECT p.family_name, p.given_name, (SELECT count(*) FROM (
        SELECT FROM people_notice n WHERE n.person_id = p.id AND n.read_at IS NULL LIMIT %s) few),
        m.public_id, m.name, m.territory, m.base_id
    FROM people_person p LEFT JOIN (
        SELECT c.*, t.name AS territory
        FROM network_cluster c JOIN organisations_territory t ON t.id = c.territory_id
        WHERE {_JOINED} AND c.closed_on IS NULL) m ON true
    WHERE p.id = %s ORDER BY m.id
"""  # noqa: S608 - a condition of ours


def framed(person: int, scope: Collection[int], most: int) -> Framed:
    """Return what the frame of every page tells; ``most`` unread notices are counted.

    The oldest cluster comes first; those another took up are not there.
    """
    own, now = list(scope), clock.now()
    rows = questions.rows(_FRAME, most, own, own, now, now, person)
    family_name, given_name, unread = rows[0][:3]
    return Framed(family_name, given_name, unread, [Joined(*row[3:]) for row in rows if row[3]])


class Led(NamedTuple):
    """How far a cluster is that one leads.

    ``unread`` is a list of members nobody accepted yet, ``asked`` how many applications wait,
    ``ending`` how many agreements have to be renewed, ``open`` how many wait to be sent or signed,
    but for drafts that a colleague reads.
    """

    public_id: UUID
    name: str
    members: int
    agreed: int
    open: int
    unread: UUID | None
    asked: int
    ending: int


_LED = """
    SELECT c.public_id, c.name,
        (SELECT count(*) FROM network_membership m WHERE m.cluster_id = c.id AND m.until IS NULL),
        a.agreed, a.open,
        (SELECT max(l.public_id::text)::uuid FROM network_memberlist l
            WHERE l.cluster_id = c.id AND l.accepted_at IS NULL),
        (SELECT count(*) FROM network_joining j WHERE j.cluster_id = c.id
            AND j.state = 'waiting' AND j.kind = 'application'),
        a.ending
    FROM network_cluster c CROSS JOIN LATERAL (
        SELECT count(*) AS agreed,
            count(*) FILTER (WHERE state IN ('draft', 'out_for_signature')
                AND NOT EXISTS (SELECT FROM network_review v
                    WHERE v.agreement_id = g.id AND v.state = 'waiting')) AS open,
            count(*) FILTER (WHERE state = 'in_force' AND NOT auto_renew AND ends_on IS NULL
                AND valid_until <= %s AND kind NOT IN ('accession', 'amendment')
                AND NOT EXISTS (SELECT FROM network_agreement r WHERE r.parent_id = g.id
                    AND r.kind NOT IN ('accession', 'amendment'))) AS ending
        FROM network_agreement g WHERE cluster_id = c.id) a
    WHERE c.base_id = ANY(%s) AND c.closed_on IS NULL ORDER BY c.id
"""


def led_by(led: Collection[int]) -> list[Led]:
    """Return the clusters at work that these organisations lead, the oldest first."""
    return list(map(Led._make, questions.rows(_LED, renewed_from(), list(led))))


class Owed(NamedTuple):
    """An obligation of an agreement in force, its cluster and how many items plan it."""

    text: str
    planned: int
    done: int
    cluster: UUID
    cluster_name: str
    items: int


_OWED = """
    SELECT o.text, o.planned, o.done, c.public_id, c.name,
        (SELECT count(*) FROM plan_planitem i WHERE i.obligation_id = o.id)
    FROM network_obligation o
        JOIN network_agreement a ON a.id = o.agreement_id
        JOIN network_cluster c ON c.id = a.cluster_id
    WHERE c.base_id = ANY(%s) AND a.state = 'in_force' AND o.unit IN ('events', 'children')
    ORDER BY o.agreement_id, o.place
"""


def owed_to(led: Collection[int]) -> list[Owed]:
    """Return what is owed in the clusters these organisations lead, by agreement."""
    return list(map(Owed._make, questions.rows(_OWED, list(led))))


class Undated(NamedTuple):
    """An item of a plan that has a month and no day."""

    public_id: UUID
    title: str


_UNDATED = f"""
    SELECT i.public_id, i.title
    FROM plan_planitem i JOIN plan_plan p ON p.id = i.plan_id
        JOIN network_cluster c ON c.id = p.cluster_id
    WHERE i.host_id = ANY(%s) AND i.state = 'planned' AND {_JOINED}
    ORDER BY i.id LIMIT %s
"""  # noqa: S608 - a condition of ours


def undated(led: Collection[int], scope: Collection[int], most: int) -> list[Undated]:
    """Return the first items these organisations hold, in plans the scope sees."""
    own, now = list(scope), clock.now()
    found = questions.rows(_UNDATED, list(led), own, own, now, now, most)
    return list(map(Undated._make, found))


_UNFINISHED = """
    SELECT * FROM events_event
    WHERE host_id = ANY(%s) AND state <> 'cancelled'
        AND (state <> 'held' OR (came > 0 AND certified = 0))
    ORDER BY starts_at LIMIT %s
"""


def unfinished(led: Collection[int], most: int) -> list[Event]:
    """Return the events of these organisations that are not over and done, soonest first."""
    return list(Event.objects.raw(_UNFINISHED, [list(led), most]))


_TASKS = """
    WITH held AS (
        SELECT id, stands_in_for_id FROM people_post
        WHERE person_id = %s AND organisation_id = ANY(%s)
            AND since <= %s AND (until IS NULL OR until > %s))
    SELECT t.* FROM people_task t
    WHERE t.state = 'open' AND t.due <= %s
        AND (t.organisation_id = ANY(%s) OR t.giver_id = ANY(%s))
        AND (t.post_id IN (SELECT id FROM held UNION SELECT stands_in_for_id FROM held)
            OR (t.organisation_id, t.role) IN (SELECT * FROM unnest(%s::bigint[], %s::text[])))
    ORDER BY t.due, t.id LIMIT %s
"""


def tasks_due(actor: Actor, day: date, most: int) -> list[Task]:
    """Return the first tasks that the actor's posts are to do by a day, the one due first."""
    own, now = list(actor.scope), clock.now()
    houses, roles = [key for key, _ in actor.roles], [role for _, role in actor.roles]
    values = [actor.person or 0, own, now, now, day, own, own, houses, roles, most]
    return list(Task.objects.raw(_TASKS, values))


class Response(NamedTuple):
    """Somebody responds to an offer or a request."""

    name: str
    text: str
    offer: UUID


_RESPONSES = """
    SELECT COALESCE(NULLIF(g.short_name, ''), g.name), o.text, o.public_id
    FROM network_interest i JOIN network_offer o ON o.id = i.offer_id
        JOIN organisations_organisation g ON g.id = i.organisation_id
    WHERE o.organisation_id = ANY(%s) AND o.withdrawn_at IS NULL AND o.ends >= %s
        AND o.taken < o.quantity AND i.withdrawn_at IS NULL AND i.obligation_id IS NULL
    ORDER BY i.id LIMIT %s
"""


def responses(own: Collection[int], most: int) -> list[Response]:
    """Return the first responses that wait for these organisations of the scope."""
    found = questions.rows(_RESPONSES, list(own), clock.today(), most)
    return list(map(Response._make, found))


class Unchecked(NamedTuple):
    """An organisation that is asked to check what is known of it."""

    name: str
    organisation: UUID


_UNCHECKED = """
    SELECT COALESCE(NULLIF(o.short_name, ''), o.name), o.public_id
    FROM network_yearcheck c JOIN organisations_organisation o ON o.id = c.organisation_id
    WHERE c.organisation_id = ANY(%s) AND c.year = %s AND c.checked_at IS NULL
    ORDER BY c.id
"""


def unchecked(own: Collection[int], year: int) -> list[Unchecked]:
    """Return which of these organisations of the scope have not checked their data of a year."""
    return list(map(Unchecked._make, questions.rows(_UNCHECKED, list(own), year)))


class Unanswered(NamedTuple):
    """A letter at a member: ``mine`` if it came here, else one of ours whose day has passed."""

    place: UUID
    letter: UUID
    subject: str
    sender: str
    awaits: bool
    due: date | None
    read: bool
    mine: bool


_LETTERS = """
    SELECT a.public_id, c.public_id, c.subject, COALESCE(NULLIF(o.short_name, ''), o.name),
        c.asks <> 'nothing', c.due, a.read_at IS NOT NULL, a.organisation_id = ANY(%s)
    FROM correspondence_addressee a JOIN correspondence_circular c ON c.id = a.circular_id
        JOIN organisations_organisation o ON o.id = c.sender_id
    WHERE c.sent_at IS NOT NULL AND a.answered_at IS NULL
        AND ((a.organisation_id = ANY(%s) AND (a.read_at IS NULL OR c.asks <> 'nothing'))
            OR (a.sender_id = ANY(%s) AND c.due < %s))
    ORDER BY c.due, c.id, a.id LIMIT %s
"""


def open_letters(own: Collection[int], led: Collection[int], most: int) -> list[Unanswered]:
    """Return letters nobody has opened or answered at ``own``, and late answers to ``led``."""
    here = list(own)
    found = questions.rows(_LETTERS, here, here, list(led), clock.today(), most)
    return list(map(Unanswered._make, found))
