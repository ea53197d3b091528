"""What really happened is counted; who went silent is named by one rule."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.network import actions, tasks
from zveno.network.actions import Report, Told
from zveno.network.models import Cluster, Deed, Membership, Tie, heard_by, heard_in, silent
from zveno.network.pages.figure import network_of
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("scan.pdf", "application/pdf", b"%PDF-1.4 scan")
FIRST = date(2026, 1, 12)
DAY = timedelta(days=1)
EVENT, ANSWER = Deed.What.EVENT, Deed.What.ANSWER


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def tell(cluster: Cluster, what: str, source: str, by: Mapping[int, int]) -> None:
    told = Told(what, source, clock.today(), by)
    actions.note_deeds(people.coordinator(cluster.base), cluster.public_id, told=told)


def tie(cluster: Cluster, organisation: Organisation) -> Tie:
    return Tie.objects.get(cluster=cluster, organisation=organisation)


def test_what_a_source_tells_again_takes_the_place_of_what_it_told() -> None:
    cluster = make.cluster()
    first, second = make.member(cluster), make.member(cluster)

    tell(cluster, EVENT, "events.Event:1", {first.pk: 3, second.pk: 2})
    tell(cluster, EVENT, "events.Event:1", {first.pk: 4})

    assert [(one.organisation, one.children) for one in Deed.objects.all()] == [(first, 4)]
    assert (tie(cluster, first).events, tie(cluster, second).events) == (1, 0)
    assert (tie(cluster, second).last_on, tie(cluster, second).last_what) == (None, "")


def test_every_night_events_older_than_a_year_are_counted_no_more() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    with clock.travel(at(FIRST)):
        tell(cluster, EVENT, "events.Event:1", {school.pk: 3})
    with clock.travel(at(FIRST + 364 * DAY)):
        tasks.recount_ties(0)
        before = tie(cluster, school).events
    with clock.travel(at(FIRST + 365 * DAY)):
        tasks.recount_ties(0)

    assert (before, tie(cluster, school).events, tie(cluster, school).last_on) == (1, 0, FIRST)


def test_nobody_but_zveno_counts_anew() -> None:
    cluster = make.cluster()

    with pytest.raises(NotAllowed):
        actions.recount_ties(people.coordinator(cluster.base), cluster.public_id)

    actions.recount_ties(SYSTEM, cluster.public_id)


def test_signature_refusal_and_report_are_deeds_and_a_report_taken_back_is_none() -> None:
    cluster = make.cluster()
    signs, refuses = make.member(cluster), make.member(cluster)
    sides = {one.organisation_id: one for one in make.agreement(cluster).parties.all()}
    for school, verb, details in (
        (signs, actions.sign_by_scan, {"upload": SCAN}),
        (refuses, actions.refuse_to_sign, {"reason": "Другой текст"}),
    ):
        verb(people.actor(school, Post.Role.HEAD), sides[school.pk].public_id, **details)
    other = make.cluster()
    reports = make.member(other)
    owed = make.obligation(make.agreement(other, signed=2), role="member")
    report = Report(uuid4(), clock.today(), 2)
    made = actions.report_fulfilment(people.actor(reports), owed.public_id, report=report)

    assert tie(cluster, signs).last_what == Deed.What.SIGNATURE
    assert tie(cluster, refuses).last_what == Deed.What.ANSWER
    assert tie(other, reports).last_what == Deed.What.REPORT
    actions.take_back_report(people.actor(reports), made.public_id)
    assert tie(other, reports).last_what == ""


def test_what_the_coordinator_reports_for_the_only_one_who_owes_is_that_ones_deed() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    owed = make.obligation(make.agreement(cluster, signed=2), role="member")
    report = Report(uuid4(), clock.today(), 2)

    actions.report_fulfilment(people.coordinator(cluster.base), owed.public_id, report=report)

    assert tie(cluster, school).last_what == Deed.What.REPORT


@pytest.mark.parametrize(("days", "is_silent"), [(30, False), (31, True)])
def test_rule_of_silence_counts_from_joining(days: int, is_silent: bool) -> None:  # noqa: FBT001
    cluster = make.cluster()
    make.member(cluster)

    with clock.travel(clock.now() + days * DAY):
        (heard,) = heard_in([cluster.pk])

        assert (heard.is_silent, heard.silent_for) == (is_silent, days)


def test_another_role_ends_no_silence() -> None:
    cluster = make.cluster()
    member = make.member(cluster)
    row = Membership.objects.get(organisation=member)
    with clock.travel(clock.now() + 40 * DAY):
        day = clock.today()
        coordinator = people.coordinator(cluster.base)
        actions.change_role(coordinator, row.public_id, role="partner", day=day)

        (heard,) = silent(heard_by([cluster.base_id]))

        assert (heard.silent_for, heard.name) == (40, str(member))


def test_who_left_is_not_silent_and_who_came_again_begins_anew() -> None:
    cluster = make.cluster()
    member = make.member(cluster)
    row = Membership.objects.get(organisation=member)
    row.since, row.until = clock.now() - 90 * DAY, clock.now() - 60 * DAY
    row.save()
    gone = heard_in([cluster.pk])
    make.member(cluster, member)

    (heard,) = heard_in([cluster.pk])

    assert (gone, heard.silent_for) == ([], 0)


def test_figure_is_as_thick_as_there_were_events_and_says_who_is_silent() -> None:
    cluster = make.cluster()
    busy, still = make.member(cluster), make.member(cluster)
    Membership.objects.update(since=clock.now() - 50 * DAY)
    for number in range(7):
        tell(cluster, EVENT, f"events.Event:{number}", {busy.pk: 1})
    members = list(Membership.objects.select_related("organisation").order_by("pk"))

    told = {one.organisation: one for one in heard_in([cluster.pk])}
    around = {node.name: node for node in network_of(cluster.base, members, "", told).around}

    assert (around[busy.name].weight, around[busy.name].note) == (4, "7 событий")
    assert around[still.name].silent
    assert around[still.name].note == "молчит 50 дней"


def test_coordinator_is_told_who_went_silent_and_what_to_do(client: Client) -> None:
    cluster = make.cluster()
    make.member(cluster, organisations.school(email="office@example.org", phone="+78120000000"))
    Membership.objects.update(since=clock.now() - 50 * DAY)
    client.force_login(people.account(cluster.base, "coordinator"))

    for page in (reverse("network:cluster", args=[cluster.public_id]), "/"):
        shown = client.get(page).text
        assert "Кто замолчал" in shown
        assert "молчит 50 дней" in shown
        assert "больше 30 дней" in shown
        assert "mailto:office@example.org" in shown
        assert "tel:+78120000000" in shown


def test_stranger_sees_who_is_in_and_not_who_is_silent(client: Client) -> None:
    cluster = make.cluster()
    make.member(cluster)
    Membership.objects.update(since=clock.now() - 50 * DAY)
    client.force_login(people.account())

    shown = client.get(reverse("network:cluster", args=[cluster.public_id])).text

    assert "молчит" not in shown


def test_ties_are_seen_in_the_cluster_alone() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    tell(cluster, EVENT, "events.Event:1", {school.pk: 3})

    for who, seen in ((school, 1), (cluster.base, 1), (organisations.school(), 0)):
        actor = people.actor(who)
        assert Tie.objects.visible_to(actor).count() == seen
        assert Deed.objects.visible_to(actor).count() == seen


STEP = st.tuples(
    st.integers(1, 200),
    st.sampled_from([EVENT, EVENT, ANSWER]),
    st.integers(0, 3),
    st.sets(st.integers(0, 1), max_size=2),
)


class Counted(TestCase):
    """Whatever is told in whatever order, what is counted is what happened."""

    @given(st.lists(STEP, min_size=1, max_size=8))
    @how(max_examples=12, deadline=None)
    def test_ties_are_what_the_deeds_say(self, steps: list[tuple[int, str, int, set[int]]]) -> None:
        with clock.travel(at(FIRST)):
            cluster = make.cluster()
            houses = [make.member(cluster) for _ in range(2)]
        today, told = FIRST, dict[str, tuple[str, date, set[int]]]()
        for days, what, source, who in steps:
            today += days * DAY
            told[f"source:{source}"] = (what, today, who)
            with clock.travel(at(today)):
                tell(cluster, what, f"source:{source}", {houses[one].pk: 1 for one in who})
                tasks.recount_ties(0)
                found = {one.organisation: one for one in heard_in([cluster.pk])}
                named = {one.organisation for one in silent(found.values())}

            for number, house in enumerate(houses):
                mine = [(what, day) for what, day, who in told.values() if number in who]
                year = {today - n * DAY for n in range(365)}
                events = sum(what == EVENT and day in year for what, day in mine)
                last = max([FIRST, *(day for _what, day in mine)])
                heard = found[house.pk]
                assert (heard.events, heard.heard_on) == (events, last)
                assert (house.pk in named) == ((today - last).days > settings.ZVENO_SILENT_DAYS)
