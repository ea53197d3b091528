"""A draft is read by a colleague before it goes out; where the house says so, nothing goes else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zveno.kernel import clock
from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Amended, Signatory, Terms
from zveno.network.models import Agreement, ClusterClosed, Review
from zveno.network.models.wording import Owed
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import TERMS, draft
from zveno.organisations.models import Organisation
from zveno.people.models import Account, Notice, Post, Task, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


class Case:
    """A draft, who drafts it, and a colleague who may be asked to read it."""

    def __init__(self, one: Agreement | None = None) -> None:
        self.draft = one or draft()
        self.house = self.draft.cluster.base
        self.author = people.coordinator(self.house)
        head = Post.objects.get(organisation=self.house, role="head")
        self.account = Account.objects.create(person=head.person, sign_in_name="reader")
        self.reader: Actor = actor_of(self.account)

    @property
    def post(self) -> Post:
        return Post.objects.get(person=self.account.person)

    def ask(self, post: Post | None = None) -> Review:
        key = (post or self.post).public_id
        return actions.ask_review(self.author, self.draft.public_id, reviewer=key)

    def agree(self, review: Review) -> None:
        actions.agree_review(self.reader, review.public_id, seen=self.mark())

    def mark(self) -> str:
        self.draft.refresh_from_db()
        return self.draft.mark

    def send(self) -> str:
        """Send the draft; return how it stands or why it was refused."""
        try:
            actions.send_agreement(self.author, self.draft.public_id)
        except DomainError as refusal:
            return refusal.code
        self.draft.refresh_from_db()
        return self.draft.state


def switch_on(house: Organisation) -> None:
    actions.switch_review_on(people.coordinator(house), house.public_id)


def told(account: Account) -> list[str]:
    return [one.title for one in Notice.objects.filter(person=account.person).order_by("-pk")]


@pytest.fixture
def case() -> Case:
    return Case()


def test_who_is_asked_has_a_task_and_who_asked_hears_the_answer(case: Case) -> None:
    review = case.ask()
    task = Task.objects.get(origin=review.origin)
    assert (task.post, task.state, str(review.public_id) in task.url) == (case.post, "open", True)
    assert len(told(case.account)) == 1

    case.agree(review)

    task.refresh_from_db()
    review.refresh_from_db()
    assert (task.state, review.state, review.answered_by_id) == (
        "done", "agreed", case.account.person_id,
    )  # fmt: skip
    notice = Notice.objects.get(person=case.author.person)
    assert (notice.kind, str(case.draft.public_id) in notice.url) == ("changed", True)
    assert Entry.objects.newest().filter(verb="network.agree_review").count() == 1


def test_a_house_that_asks_for_it_sends_nothing_else(case: Case) -> None:
    switch_on(case.house)

    before = case.send()
    review = case.ask()
    waiting = case.send()
    case.agree(review)

    assert (before, waiting, case.send()) == ("not_reviewed", "not_reviewed", "out_for_signature")


def test_elsewhere_nothing_is_held_up_and_a_review_that_waits_ends(case: Case) -> None:
    review = case.ask()

    assert case.send() == "out_for_signature"

    review.refresh_from_db()
    task = Task.objects.get(origin=review.origin)
    assert (review.state, task.state) == ("withdrawn", "dropped")
    with pytest.raises(actions.ReviewOver):
        case.agree(review)


CHANGES: dict[str, Any] = {
    "terms": lambda case: actions.change_terms(
        case.author,
        case.draft.public_id,
        terms=Terms("Соглашение", "Псков", TERMS.dated, TERMS.valid_until),
    ),
    "obligations": lambda case: actions.change_obligations(
        case.author,
        case.draft.public_id,
        obligations=[Owed("base", "проводить пробы", "events", 3)],
    ),
    "signatory": lambda case: actions.put_right(
        case.author,
        case.draft.parties.get(place=2).public_id,
        signatory=Signatory("Ким Мария Сергеевна", "заместитель директора", "Устав"),
        forms={},
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_draft_asks_for_another_review(case: Case, change: Any) -> None:
    switch_on(case.house)
    case.agree(case.ask())

    change(case)

    assert case.send() == "not_reviewed"
    case.agree(case.ask())
    assert case.send() == "out_for_signature"


def test_saved_as_it_was_the_review_still_holds(case: Case) -> None:
    switch_on(case.house)
    case.agree(case.ask())

    actions.change_terms(case.author, case.draft.public_id, terms=TERMS)

    assert case.send() == "out_for_signature"


def test_one_agrees_to_what_one_has_read(case: Case) -> None:
    review, read = case.ask(), case.mark()
    CHANGES["terms"](case)

    with pytest.raises(actions.DraftChanged):
        actions.agree_review(case.reader, review.public_id, seen=read)

    assert Review.objects.waiting().get() == review


def test_returned_with_a_remark_that_the_author_reads(case: Case) -> None:
    review = case.ask()
    with pytest.raises(actions.NoRemark):
        actions.return_review(case.reader, review.public_id, remark=" ")

    actions.return_review(case.reader, review.public_id, remark="Пункт 2.1: нет срока")

    review.refresh_from_db()
    notice = Notice.objects.get(person=case.author.person)
    assert (review.state, review.remark) == ("returned", "Пункт 2.1: нет срока")
    assert (notice.kind, notice.text) == ("decide", "Пункт 2.1: нет срока")
    assert Task.objects.get(origin=review.origin).state == "done"


def test_asked_twice_it_is_one_and_another_takes_the_place_of_who_is_gone(case: Case) -> None:
    first = case.ask()
    assert case.ask() == first
    Post.objects.filter(pk=case.post.pk).update(until=clock.now())
    other = people.account(case.house, "coordinator")

    second = case.ask(Post.objects.get(person=other.person))

    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "waiting")
    assert list(Task.objects.to_do().values_list("origin", flat=True)) == [second.origin]
    with pytest.raises(NotAllowed):
        case.agree(first)


def test_taken_back_or_thrown_away_nobody_need_read_it(case: Case) -> None:
    actions.take_review_back(case.author, case.ask().public_id)
    case.ask()

    actions.drop_agreement(case.author, case.draft.public_id)

    assert set(Task.objects.values_list("state", flat=True)) == {"dropped"}
    assert not Review.objects.exists()


def test_only_a_colleague_who_leads_and_signs_in_is_asked(case: Case) -> None:
    own = Post.objects.get(person=case.author.person)
    unknown = people.person(case.house)
    Post.objects.create(person=unknown, organisation=case.house, role="coordinator")
    teacher = people.account(case.house, "teacher")
    foreign = people.account(role="head")
    no_account = Post.objects.get(person=unknown)
    asked = [own, no_account]
    asked += [Post.objects.get(person=one.person) for one in (teacher, foreign)]

    for post in asked:
        with pytest.raises(actions.NoReviewer):
            case.ask(post)


def test_nobody_answers_for_another_or_for_oneself(case: Case) -> None:
    review, mark = case.ask(), case.mark()
    other = people.coordinator(case.house)
    program = replace(case.reader, means=Means.TOKEN)

    for actor in (case.author, other, program):
        with pytest.raises(NotAllowed):
            actions.agree_review(actor, review.public_id, seen=mark)
    with pytest.raises(NotFound):
        actions.agree_review(people.coordinator(make.cluster().base), review.public_id, seen=mark)
    with pytest.raises(NotAllowed):
        actions.take_review_back(actor_of(people.account(case.house, "teacher")), review.public_id)


def test_a_party_does_not_see_what_is_said_inside_the_house(case: Case) -> None:
    review = case.ask()
    party = people.actor(case.draft.parties.get(place=2).organisation)

    assert list(Review.objects.visible_to(case.reader)) == [review]
    assert not Review.objects.visible_to(party).exists()


def amendment() -> Agreement:
    in_force = make.agreement(with_member(), signed=2)
    coordinator = people.coordinator(in_force.cluster.base)
    changes = [Amended("1", "План встреч")]
    return actions.start_amendment(coordinator, in_force.public_id, changes=changes)


def renewal() -> Agreement:
    today = clock.today()
    days = {"dated": today - YEAR, "valid_until": today + YEAR / 12}
    ending = make.agreement(with_member(), signed=2, auto_renew=False, **days)
    terms = Terms("Соглашение", "Псков", today, today + YEAR)
    coordinator = people.coordinator(ending.cluster.base)
    return actions.renew_agreement(coordinator, ending.public_id, terms=terms)


def sheet() -> Agreement:
    in_force = make.agreement(with_member(), signed=2)
    newcomer = make.member(in_force.cluster)
    people.head(newcomer)
    coordinator = people.coordinator(in_force.cluster.base)
    return actions.start_accession(coordinator, in_force.public_id, newcomer=newcomer.public_id)


def with_member() -> Any:
    cluster = make.cluster()
    for organisation in (cluster.base, make.member(cluster)):
        people.head(organisation)
    return cluster


@pytest.mark.parametrize("drawn", [amendment, renewal, sheet])
def test_whatever_is_sent_by_a_draft_goes_by_the_same_rule(drawn: Any) -> None:
    case = Case(drawn())
    switch_on(case.house)

    before = case.send()
    case.agree(case.ask())

    assert (before, case.send()) == ("not_reviewed", "out_for_signature")


def test_switched_on_once_and_off_again_and_who_leads_is_told(case: Case) -> None:
    rule = actions.switch_review_on(case.author, case.house.public_id)
    assert actions.switch_review_on(case.author, case.house.public_id) == rule
    assert len(told(case.account)) == 1

    for _ in range(2):
        actions.switch_review_off(case.author, rule.public_id)

    assert len(told(case.account)) == 2
    assert case.send() == "out_for_signature"
    with pytest.raises(NotAllowed):
        actions.switch_review_on(
            actor_of(people.account(case.house, "teacher")), case.house.public_id
        )


def test_what_a_cluster_that_is_closed_drafted_is_not_asked_about(case: Case) -> None:
    heir = make.cluster(case.house)
    day = clock.today()
    actions.merge_cluster(case.author, case.draft.cluster.public_id, into=heir.public_id, day=day)

    with pytest.raises(ClusterClosed):
        case.ask()


def test_what_was_agreed_in_another_house_does_not_count(case: Case) -> None:
    switch_on(case.house)
    case.agree(case.ask())
    member = case.draft.parties.get(place=2).organisation
    people.account(member, "coordinator")
    actions.hand_over(case.author, case.draft.cluster.public_id, to=member.public_id)
    switch_on(member)
    case.author = people.coordinator(member)

    assert case.send() == "not_reviewed"
    actions.drop_agreement(case.author, case.draft.public_id)


WRONG: list[dict[str, Any]] = [
    {"state": "returned", "answered_at": clock.now()},
    {"state": "agreed", "answered_at": clock.now()},
    {"state": "withdrawn"},
    {"answered_at": clock.now()},
]


@pytest.mark.parametrize("fields", WRONG)
def test_the_database_keeps_no_answer_without_what_it_is_made_of(
    case: Case, fields: dict[str, Any]
) -> None:
    with transaction.atomic(), pytest.raises(IntegrityError):
        make.review(case.draft, case.post, **fields)


def test_the_database_lets_one_read_at_a_time(case: Case) -> None:
    case.ask()

    with transaction.atomic(), pytest.raises(IntegrityError):
        make.review(case.draft, case.post)
