"""Renewal: the next agreement filled in from the old one, and no term that ends in silence."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Letter
from zveno.network import actions
from zveno.network.actions import Carried, Terms
from zveno.network.models import Agreement
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
SCAN = Upload("скан.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")
YEAR, DAY = timedelta(days=365), timedelta(days=1)


@pytest.fixture
def ending() -> Agreement:
    """Make an agreement of three that ends in a month."""
    cluster = make.cluster()
    for organisation in (cluster.base, make.member(cluster), make.member(cluster)):
        people.head(organisation)
    today = clock.today()
    days = {"dated": today - YEAR, "valid_until": today + 30 * DAY}
    return make.agreement(cluster, signed=3, auto_renew=False, **days)


def coordinator(agreement: Agreement) -> Actor:
    return people.coordinator(agreement.cluster.base)


def terms(**changes: date) -> Terms:
    days = {"dated": clock.today(), "valid_until": clock.today() + YEAR} | changes
    return Terms("Соглашение на новый срок", "Псков", **days)


def renew(agreement: Agreement, *carried: Carried) -> Agreement:
    actor = coordinator(agreement)
    return actions.renew_agreement(actor, agreement.public_id, terms=terms(), carried=carried)


def sign(agreement: Agreement) -> None:
    actor = coordinator(agreement)
    actions.send_agreement(actor, agreement.public_id)
    for party in agreement.parties.order_by("place"):
        actions.file_scan(actor, party.public_id, upload=SCAN)


def test_parties_that_still_are_members_go_on_each_what_it_was(ending: Agreement) -> None:
    first, second, left = ending.parties.order_by("place")
    gone = ending.cluster.memberships.get(organisation=left.organisation)
    gone.until = clock.now()
    gone.save()

    renewal = renew(ending)

    assert (renewal.parent, renewal.kind, renewal.state) == (ending, ending.kind, "draft")
    assert list(renewal.parties.order_by("place").values_list("organisation", "role")) == [
        (first.organisation_id, first.role),
        (second.organisation_id, second.role),
    ]


def test_obligations_go_on_by_choice_with_new_days(ending: Agreement) -> None:
    soon, later = clock.today(), clock.today() + 100 * DAY
    kept = make.obligation(ending, period="once", due=soon, unit="", planned=0)
    alone = make.obligation(ending, party=ending.parties.get(place=2), role="member")
    make.obligation(ending, text="больше не нужно")

    renewal = renew(ending, Carried(kept.public_id, later), Carried(alone.public_id))

    one, other = renewal.obligations.order_by("place")
    assert (one.text, one.due, one.period) == (kept.text, later, "once")
    assert (other.planned, other.due, other.done) == (12, None, 0)
    assert other.party == renewal.parties.get(place=2)


def test_asked_twice_it_is_the_same_and_the_database_lets_no_other_in(ending: Agreement) -> None:
    renewal = renew(ending)

    assert renew(ending) == renewal
    with transaction.atomic(), pytest.raises(IntegrityError):
        make.agreement(ending.cluster, parent=ending)


@pytest.mark.parametrize(
    "changes",
    [
        {"auto_renew": True},
        {"ends_on": date(2026, 1, 1), "end_reason": "спор"},
        {"valid_until": date(2100, 1, 1)},
        {"state": Agreement.State.EXPIRED},
        {"kind": "amendment"},
    ],
    ids=["goes on by itself", "terminated", "far from its end", "over", "a part"],
)
def test_what_is_not_near_its_end_is_not_renewed(
    ending: Agreement, changes: dict[str, Any]
) -> None:
    Agreement.objects.filter(pk=ending.pk).update(**changes)

    with pytest.raises(actions.NotToRenew):
        renew(ending)
    assert not Agreement.objects.to_renew()


def test_ninety_days_before_its_end_it_waits_to_be_renewed(ending: Agreement) -> None:
    last = ending.valid_until
    with clock.travel(clock.now() + (last - clock.today()) - 91 * DAY):
        assert not Agreement.objects.to_renew()
    with clock.travel(clock.now() + (last - clock.today()) - 90 * DAY):
        assert list(Agreement.objects.to_renew()) == [ending]
    renew(ending)
    assert not Agreement.objects.to_renew()


def test_what_is_not_owed_here_or_due_outside_is_refused(ending: Agreement) -> None:
    foreign = make.obligation(make.agreement())
    owed = make.obligation(ending, period="once", due=clock.today(), unit="", planned=0)

    with pytest.raises(actions.NoSuchObligation):
        renew(ending, Carried(foreign.public_id))
    with pytest.raises(actions.DueOutside):
        renew(ending, Carried(owed.public_id, clock.today() + 2 * YEAR))
    assert not ending.papers.exists()


def test_no_two_no_agreement(ending: Agreement) -> None:
    ending.cluster.memberships.exclude(role="base").update(until=clock.now())

    with pytest.raises(actions.NobodyToAgreeWith):
        renew(ending)


def test_only_the_coordinator_renews(ending: Agreement) -> None:
    member = ending.parties.get(place=2).organisation
    with pytest.raises(NotAllowed):
        actions.renew_agreement(people.actor(member), ending.public_id, terms=terms())


@pytest.mark.parametrize("signed", [True, False])
def test_old_one_ends_as_renewed_only_by_a_renewal_in_force(
    ending: Agreement, *, signed: bool
) -> None:
    renewal = renew(ending)
    if signed:
        sign(renewal)
    with clock.travel(clock.now() + 31 * DAY):
        actions.tend_agreement(SYSTEM, ending.public_id)

    ending.refresh_from_db()
    over = Agreement.State.RENEWED if signed else Agreement.State.EXPIRED
    assert ending.state == over
    told = Letter.objects.filter(about=f"network.Agreement:{ending.pk}")
    assert {letter.to for letter in told} >= {"party1@example.org", "party2@example.org"}


def form(**changes: str) -> dict[str, str]:
    today = clock.today()
    sent = {"title": "Соглашение на новый срок", "place": "Псков", "dated": f"{today:%d.%m.%Y}"}
    sent |= {"valid_until": f"{today + YEAR:%d.%m.%Y}"}
    return sent | {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"} | changes


def test_page_is_filled_in_and_draws_the_renewal(
    ending: Agreement, django_assert_max_num_queries: Budget
) -> None:
    owed = make.obligation(ending)
    client = visitor(ending.cluster.base, Post.Role.COORDINATOR)
    where = f"/a/{ending.public_id}/"
    assert f"{where}renew/" in client.get(where).content.decode()
    with django_assert_max_num_queries(14):
        page = client.get(f"{where}renew/").content.decode()
    assert ending.title in page
    assert owed.text in page

    chosen = {"form-0-obligation": str(owed.public_id), "form-0-goes_on": "on"}
    answer = client.post(f"{where}renew/", form(**chosen))

    renewal = ending.papers.get()
    assert answer.url == f"/a/{renewal.public_id}/text/"
    assert renewal.obligations.get().text == owed.text


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": "01.01.2001"},
        {"title": ""},
        {"form-0-obligation": "х"},
        {"form-0-due": "вчера"},
        {"form-0-due": "01.01.2099", "form-0-goes_on": "on"},
    ],
    ids=["ends first", "no title", "no obligation", "no day", "outside"],
)
def test_nonsense_keeps_what_was_typed(ending: Agreement, changes: dict[str, str]) -> None:
    owed = make.obligation(ending, period="once", due=clock.today(), unit="", planned=0)
    client = visitor(ending.cluster.base, Post.Role.COORDINATOR)
    sent = form(**{"form-0-obligation": str(owed.public_id), **changes})

    answer = client.post(f"/a/{ending.public_id}/renew/", sent)

    assert answer.status_code == 422
    assert "Псков" in answer.content.decode()
    assert not ending.papers.exists()


def test_home_page_of_the_coordinator_says_what_ends(ending: Agreement) -> None:
    client = visitor(ending.cluster.base, Post.Role.COORDINATOR)

    assert f"/a/{ending.public_id}/renew/" in client.get("/").content.decode()
