"""Notices: who is told, what the bell says, what goes at once and what waits for 8:00."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import gettext
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import NOBODY, SYSTEM
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people import actions, tasks
from zveno.people.models import (
    Account,
    Hearing,
    Note,
    Notice,
    Post,
    actor_of,
    in_each_language,
    notify,
    settle,
)
from zveno.people.models.notices import Telling
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Kind = Notice.Kind
MOSCOW = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.travel(TUESDAY):
        yield


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def deputy(school: Organisation) -> Account:
    account = people.account(school)
    Account.objects.filter(pk=account.pk).update(email="deputy@example.org")
    return account


@in_each_language
def note(kind: Kind = Kind.CHANGED, title: str = "Событие перенесено", **more: object) -> Note:
    return Note(kind, title, "/e/", "Открыть событие", **more)  # type: ignore[arg-type]


def told(school: Organisation, *notes: Telling) -> None:
    for each in notes:
        notify(NOBODY, each, [school.pk], [Post.Role.REPRESENTATIVE])


def at(moment: datetime) -> list[Letter]:
    """Let the worker tell what is due at a moment; return the letters written."""
    with clock.travel(moment):
        tasks.tell_notices(0)
    return list(Letter.objects.order_by("written_at"))


# --- Who is told --------------------------------------------------------------------------------


def test_those_who_hold_the_role_are_told_and_can_sign_in(school: Organisation) -> None:
    deputy, other = people.account(school), people.account(school)
    people.account(school, Post.Role.TEACHER)
    people.account(organisations.school())
    Post.objects.create(
        person=people.person(school), organisation=school, role=Post.Role.REPRESENTATIVE
    )

    told(school, note())

    assert set(Notice.objects.values_list("person", flat=True)) == {
        deputy.person_id,
        other.person_id,
    }


def test_a_role_of_a_kind_counts_as_that_role(school: Organisation) -> None:
    account = people.account(school, Post.Role.SCHOOL_REPRESENTATIVE)

    told(school, note())

    assert Notice.objects.get().person_id == account.person_id


def test_whoever_did_it_is_not_told(school: Organisation, deputy: Account) -> None:
    notify(actor_of(deputy), note(), [school.pk], [Post.Role.REPRESENTATIVE])

    assert not Notice.objects.exists()


def test_one_post_that_has_ended_hears_nothing(school: Organisation, deputy: Account) -> None:
    Post.objects.filter(person=deputy.person).update(until=clock.now())

    told(school, note())

    assert not Notice.objects.exists()


def test_stranger_by_a_link_may_cause_a_notice_and_reads_none(
    school: Organisation, deputy: Account
) -> None:
    with transaction.atomic(), scoped(NOBODY):
        told(school, note())
        assert not Notice.objects.exists()

    assert Notice.objects.count() == 1


def test_a_colleague_does_not_read_it(school: Organisation, deputy: Account) -> None:
    told(school, note())
    colleague = actor_of(people.account(school))

    with pytest.raises(NotFound):
        actions.open_notice(colleague, Notice.objects.get().public_id)
    with transaction.atomic(), scoped(colleague):
        assert not Notice.objects.exists()


# --- Letters ------------------------------------------------------------------------------------


def test_what_has_changed_waits_for_eight_in_the_morning(
    school: Organisation, deputy: Account
) -> None:
    told(school, note())

    assert not at(TUESDAY + timedelta(minutes=5))
    assert not at(TUESDAY.replace(day=25, hour=7, minute=59))
    (letter,) = at(TUESDAY.replace(day=25, hour=8))
    assert letter.to == "deputy@example.org"
    assert "Открыть событие:\nhttp://127.0.0.1:8000/e/" in letter.text


def test_eight_is_where_one_is(school: Organisation, deputy: Account) -> None:
    Hearing.objects.create(person_id=deputy.person_id or 0, zone="Asia/Vladivostok")
    told(school, note())

    assert not at(datetime(2026, 11, 25, 7, 59, tzinfo=ZoneInfo("Asia/Vladivostok")))
    assert at(datetime(2026, 11, 25, 8, 0, tzinfo=ZoneInfo("Asia/Vladivostok")))


def test_many_pieces_of_news_are_one_letter_with_one_address(
    school: Organisation, deputy: Account
) -> None:
    told(school, note(), note(title="Соглашение подписано"), note(Kind.DECIDE, "Подпишите"))

    (letter,) = at(TUESDAY.replace(day=25, hour=9))

    assert letter.subject == "3 новости"
    assert all(words in letter.text for words in ("перенесено", "подписано", "Подпишите"))
    assert letter.text.count("http") == 1
    assert "/notices/" in letter.text


def test_a_worker_that_was_away_in_the_morning_tells_later_the_same_day(
    school: Organisation, deputy: Account
) -> None:
    told(school, note())

    assert at(TUESDAY.replace(day=25, hour=16))


def test_what_is_due_within_a_day_goes_at_once_and_alone(
    school: Organisation, deputy: Account
) -> None:
    soon = note(Kind.DECIDE, "Подтвердите список", due=TUESDAY + timedelta(hours=20))
    told(school, note(), soon)

    (letter,) = at(TUESDAY + timedelta(minutes=1))

    assert letter.subject == "Подтвердите список"


def test_what_is_due_later_waits_for_the_morning(school: Organisation, deputy: Account) -> None:
    told(school, note(Kind.DECIDE, due=TUESDAY + timedelta(days=3)))

    assert not at(TUESDAY + timedelta(minutes=1))
    assert at(TUESDAY.replace(day=25, hour=8))


def test_what_is_good_to_know_is_never_mailed(school: Organisation, deputy: Account) -> None:
    told(school, note(Kind.KNOWN))

    assert not at(TUESDAY.replace(day=25, hour=9))


def test_nothing_is_told_twice(school: Organisation, deputy: Account) -> None:
    told(school, note())

    at(TUESDAY.replace(day=25, hour=8))

    assert len(at(TUESDAY.replace(day=26, hour=8))) == 1


def test_what_was_read_meanwhile_is_not_mailed(school: Organisation, deputy: Account) -> None:
    told(school, note())
    actions.open_notice(actor_of(deputy), Notice.objects.get().public_id)

    assert not at(TUESDAY.replace(day=25, hour=8))


def test_what_was_settled_meanwhile_is_neither_shown_as_new_nor_mailed(
    school: Organisation, deputy: Account
) -> None:
    told(school, note(Kind.DECIDE, about="network.Party:1"))
    with transaction.atomic(), scoped(NOBODY):
        settle("network.Party:1")

    assert not Notice.objects.unread().exists()
    assert not at(TUESDAY.replace(day=25, hour=8))


def test_a_notice_is_shown_in_the_language_of_who_reads_and_mailed_in_the_house_s(
    client: Client, school: Organisation, deputy: Account
) -> None:
    @in_each_language
    def renamed() -> Note:
        return Note(Kind.CHANGED, gettext("Events"), "/e/", gettext("Back"))

    client.force_login(deputy)
    client.cookies["zveno-language"] = "en"
    told(school, renamed())

    shown = client.get("/notices/").content.decode()
    (letter,) = at(TUESDAY.replace(day=25, hour=8))

    assert ">Events <" in shown
    assert ">Back<" in shown
    assert letter.subject == "События"


def test_whoever_wants_no_letters_gets_none(school: Organisation, deputy: Account) -> None:
    actions.choose_hearing(
        actor_of(deputy), deputy.public_id, zone="Europe/Moscow", decide=["mail"], changed=[]
    )
    told(school, note(), note(Kind.DECIDE, "Подпишите"))

    (letter,) = at(TUESDAY.replace(day=25, hour=8))

    assert "Подпишите" in letter.subject


def test_a_channel_is_a_plug_in(
    school: Organisation, deputy: Account, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Pigeon:
        name = "голубем"

        def carry(self, account: Account, message: object) -> None:
            assert message
            heard.append(account.sign_in_name)

    settings.ZVENO_CHANNELS = {"pigeon": ""}  # type: ignore[attr-defined]
    monkeypatch.setattr("zveno.people.actions.notices.channels", lambda: {"pigeon": Pigeon()})
    told(school, note())

    assert not at(TUESDAY.replace(day=25, hour=8))
    assert heard == [deputy.sign_in_name]


def test_an_account_that_was_closed_gets_no_letter(school: Organisation, deputy: Account) -> None:
    told(school, note())
    Account.objects.update(is_active=False)

    assert not at(TUESDAY.replace(day=25, hour=8))
    assert not Notice.objects.untold().exists()


# --- Pages --------------------------------------------------------------------------------------


def test_bell_counts_and_opening_leads_to_the_job(
    client: Client, school: Organisation, deputy: Account
) -> None:
    told(school, note(), note(title="Ещё одно"))
    client.force_login(deputy)
    assert '<span class="count">2' in client.get("/notices/").content.decode()
    one = Notice.objects.earliest("pk")

    response = client.post(f"/notices/{one.public_id}/open/")

    assert response["Location"] == "/e/"
    assert '<span class="count">1' in client.get("/notices/").content.decode()


def test_all_are_read_by_one_button(client: Client, school: Organisation, deputy: Account) -> None:
    told(school, note(), note())
    client.force_login(deputy)

    client.post("/notices/read/")

    assert not Notice.objects.unread().exists()


def test_page_shows_one_kind(client: Client, school: Organisation, deputy: Account) -> None:
    told(school, note(), note(Kind.DECIDE, "Подпишите"))
    client.force_login(deputy)

    rows = client.get("/notices/?kind=decide").context["rows"]

    assert [row["notice"].title for row in rows] == ["Подпишите"]


def test_page_asks_few_questions(
    client: Client,
    school: Organisation,
    deputy: Account,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    told(school, *[note() for _ in range(40)])
    client.force_login(deputy)

    with django_assert_max_num_queries(10):
        client.get("/notices/")


def test_hearing_is_chosen_on_a_page(client: Client, deputy: Account) -> None:
    client.force_login(deputy)
    assert client.get("/notices/hearing/").status_code == 200

    response = client.post("/notices/hearing/", {"zone": "Asia/Omsk", "decide": ["mail"]})

    assert response.status_code == 302
    chosen = Hearing.objects.get()
    assert (chosen.zone, chosen.decide, chosen.changed) == ("Asia/Omsk", ["mail"], [])


@pytest.mark.parametrize("form", [{}, {"zone": "Mars/Base"}, {"zone": "Asia/Omsk", "decide": "x"}])
def test_bad_choices_come_back(client: Client, deputy: Account, form: dict[str, str]) -> None:
    client.force_login(deputy)

    assert client.post("/notices/hearing/", form).status_code == 422


def test_no_such_zone_is_refused(deputy: Account) -> None:
    with pytest.raises(actions.NoSuchZone):
        actions.choose_hearing(
            actor_of(deputy), deputy.public_id, zone="Mars/Base", decide=[], changed=[]
        )


def test_only_zveno_itself_tells(deputy: Account) -> None:
    assert deputy.person
    assert not actions.tell.allowed(actor_of(deputy), deputy.person)
    assert actions.tell.allowed(SYSTEM, deputy.person)
