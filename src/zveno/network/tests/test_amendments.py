"""Amendments: points of an agreement read anew, signed by all; the text on any day."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Amended, Terms
from zveno.network.models import Agreement, Change
from zveno.network.models.amending import read_of, reading_on
from zveno.network.models.wording import usual_obligations
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
SCAN = Upload("скан.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")
TERMS = Terms("Соглашение о пробах", "Санкт-Петербург", date(2026, 11, 20), date(2029, 11, 20))
MEETS = Amended("4.3", "Рабочая группа собирается раз в месяц.")
DAY = timedelta(days=1)


def coordinator(agreement: Agreement) -> Actor:
    return people.coordinator(agreement.cluster.base)


def sign(agreement: Agreement) -> Agreement:
    actor = coordinator(agreement)
    actions.send_agreement(actor, agreement.public_id)
    for party in agreement.parties.order_by("place"):
        actions.file_scan(actor, party.public_id, upload=SCAN)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def agreement() -> Agreement:
    cluster = make.cluster()
    for organisation in (cluster.base, make.member(cluster)):
        people.head(organisation)
    owed = usual_obligations(["base", "member"])
    actor = people.coordinator(cluster.base)
    return sign(actions.start_agreement(actor, cluster.public_id, terms=TERMS, obligations=owed))


def draw(agreement: Agreement, *changes: Amended) -> Agreement:
    actor = coordinator(agreement)
    return actions.start_amendment(actor, agreement.public_id, changes=changes)


def text_of(agreement: Agreement) -> str:
    agreement.paper.refresh_from_db()
    blocks = agreement.paper.content["blocks"]
    return "\n".join(text for block in blocks for text in block["texts"]).replace("\u00a0", " ")


def on(agreement: Agreement, point: str, day: date | None = None) -> str:
    agreement.paper.refresh_from_db()
    read = read_of(agreement, Change.objects.in_force_of(agreement))
    found = reading_on(read[point], day or clock.today())
    return found.text.replace("\u00a0", " ") if found else "—"


def test_paper_says_what_reads_how_and_of_which_agreement(agreement: Agreement) -> None:
    changes = [MEETS, Amended("5.6"), Amended("3.7", "Новый пункт."), Amended("1", "План.")]

    amendment = draw(agreement, *reversed(changes))

    text = text_of(amendment)
    assert "Дополнительное соглашение № 1" in text
    assert "к соглашению «Соглашение о пробах» от 20 ноября 2026 г. № " in text
    assert "дополнить пунктом 3.7 следующего содержания: «3.7. Новый пункт.»;" in text
    assert "пункт 4.3 изложить в следующей редакции: «4.3. Рабочая группа собирается" in text
    assert "пункт 5.6 исключить;" in text
    assert "дополнить приложением № 1 следующего содержания: «План.»." in text


def test_all_parties_sign_it_each_what_it_is_in_the_agreement(agreement: Agreement) -> None:
    amendment = draw(agreement, MEETS)

    sides = ("organisation", "role")
    assert list(amendment.parties.order_by("place").values_list(*sides)) == list(
        agreement.parties.order_by("place").values_list(*sides)
    )
    assert "в дальнейшем «Координатор»," in text_of(amendment)


def test_agreement_reads_anew_only_when_all_have_signed(agreement: Agreement) -> None:
    before = on(agreement, "4.3")
    amendment = draw(agreement, MEETS)
    actions.send_agreement(coordinator(agreement), amendment.public_id)
    first, second = amendment.parties.order_by("place")
    actions.file_scan(coordinator(agreement), first.public_id, upload=SCAN)
    assert on(agreement, "4.3") == before

    actions.file_scan(coordinator(agreement), second.public_id, upload=SCAN)

    assert on(agreement, "4.3") == MEETS.text
    assert on(agreement, "4.3", clock.today() - DAY) == before
    entry = Entry.objects.get(verb="network.amend_agreement")
    assert entry.target_key == agreement.journal_key


def test_several_in_a_row_change_restore_and_leave_out(agreement: Agreement) -> None:
    today = clock.now()
    steps = ["Раз в месяц.", "Раз в неделю.", ""]
    for number, text in enumerate(steps, start=1):
        with clock.travel(today + number * 10 * DAY):
            amendment = sign(draw(agreement, Amended("4.3", text)))
        assert amendment.facts["ordinal"] == str(number)

    days = [clock.today() + number * 10 * DAY for number in (1, 2, 3)]
    assert [on(agreement, "4.3", day) for day in days] == steps
    assert on(agreement, "4.3", days[0] - DAY).startswith("Рабочая группа собирается")


def test_two_clicks_draw_one_amendment(agreement: Agreement) -> None:
    assert draw(agreement, MEETS) == draw(agreement, MEETS)


def test_draft_is_mended_and_reads_so(agreement: Agreement) -> None:
    amendment = draw(agreement, MEETS)

    actions.change_amendment(
        coordinator(agreement), amendment.public_id, changes=[Amended("4.2", "Ведёт колледж.")]
    )

    assert "пункт 4.2 изложить" in text_of(amendment)
    assert "4.3" not in text_of(amendment)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ([], actions.NothingChanges),
        ([Amended("99.1", "Новый.")], actions.NoSuchPoint),
        ([Amended("3.0", "Новый.")], actions.NoSuchPoint),
        ([Amended("0", "Новое.")], actions.NoSuchPoint),
        ([Amended("1")], actions.NoSuchPoint),
        ([MEETS, MEETS], actions.PointTwice),
    ],
    ids=["nothing", "no section", "clause zero", "annex zero", "out of nothing", "twice"],
)
def test_what_makes_no_amendment_is_refused(
    agreement: Agreement, changes: list[Amended], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        draw(agreement, *changes)


def test_only_what_is_in_force_is_amended_and_no_part_of_it(agreement: Agreement) -> None:
    waiting = make.agreement(agreement.cluster)
    amendment = sign(draw(agreement, MEETS))

    with pytest.raises(actions.AgreementNotInForce):
        draw(waiting, MEETS)
    with pytest.raises(actions.NotAlone):
        draw(amendment, Amended("1.1", "Иначе."))
    with pytest.raises(actions.NotAnAmendment):
        actions.change_amendment(
            coordinator(agreement),
            make.agreement(agreement.cluster, state="draft").public_id,
            changes=[MEETS],
        )


def test_party_that_came_later_means_a_new_draft(agreement: Agreement) -> None:
    amendment = draw(agreement, MEETS)
    newcomer = make.member(agreement.cluster)
    make.party(agreement, agreement.cluster.memberships.get(organisation=newcomer), 3)

    with pytest.raises(actions.PartiesMoved):
        actions.send_agreement(coordinator(agreement), amendment.public_id)


def test_nobody_amends_what_has_ended(agreement: Agreement) -> None:
    amendment = draw(agreement, MEETS)
    Agreement.objects.filter(pk=agreement.pk).update(state=Agreement.State.TERMINATED)

    with pytest.raises(actions.AgreementNotInForce):
        sign(amendment)


def test_only_the_coordinator_draws_it(agreement: Agreement) -> None:
    member = agreement.parties.order_by("place")[1].organisation
    with pytest.raises(NotAllowed):
        actions.start_amendment(people.actor(member), agreement.public_id, changes=[MEETS])


def test_draft_changes_are_seen_by_its_coordinator_alone(agreement: Agreement) -> None:
    draft = draw(agreement, MEETS)
    member = people.actor(agreement.parties.order_by("place")[1].organisation)

    assert not Change.objects.visible_to(member)
    sign(draft)
    assert Change.objects.visible_to(member).get().point == "4.3"


def test_newcomer_sees_the_text_in_force(agreement: Agreement) -> None:
    sign(draw(agreement, MEETS))
    newcomer = make.member(agreement.cluster)
    make.party(agreement, agreement.cluster.memberships.get(organisation=newcomer), 3)

    client = visitor(newcomer, Post.Role.REPRESENTATIVE)
    page = client.get(f"/a/{agreement.public_id}/text/").content.decode()

    assert MEETS.text in page


def test_page_shows_what_is_in_force_and_what_was(
    agreement: Agreement, django_assert_max_num_queries: Budget
) -> None:
    old = on(agreement, "4.3")
    amendment = sign(draw(agreement, MEETS, Amended("1", "План занятий.")))
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)
    where = f"/a/{agreement.public_id}/text/"

    with django_assert_max_num_queries(16):
        page = client.get(where).content.decode()
    assert f"<ins>4.3. {MEETS.text}</ins>" in page
    assert old in page.replace("\u00a0", " ")
    assert f'href="/a/{amendment.public_id}/"' in page
    assert "Приложение № 1" in page

    before = client.get(where, {"on": f"{clock.today() - DAY:%d.%m.%Y}"}).content.decode()
    assert MEETS.text not in before


@pytest.mark.parametrize("day", ["", "завтра", "32.13.2026"])
def test_no_day_shows_today(agreement: Agreement, day: str) -> None:
    sign(draw(agreement, MEETS))
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)

    page = client.get(f"/a/{agreement.public_id}/text/", {"on": day})

    assert page.status_code == 200
    assert MEETS.text in page.content.decode()


def form(*rows: tuple[str, str, bool]) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    for place, (point, text, out) in enumerate(rows):
        sent |= {f"form-{place}-point": point, f"form-{place}-text": text}
        sent |= {f"form-{place}-out": "on"} if out else {}
    return sent


def test_form_offers_clauses_and_draws_the_amendment(
    agreement: Agreement, django_assert_max_num_queries: Budget
) -> None:
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)
    where = f"/a/{agreement.public_id}/amend/"
    with django_assert_max_num_queries(12):
        page = client.get(where).content.decode()
    assert 'value="4.3"' in page
    assert "новый пункт" in page

    answer = client.post(where, form(("4.3", MEETS.text, False), ("", "", False)))

    amendment = agreement.papers.get()
    assert answer.url == f"/a/{amendment.public_id}/text/"
    assert list(amendment.changes.values_list("point", "text")) == [("4.3", MEETS.text)]
    again = f"/a/{amendment.public_id}/changes/"
    assert MEETS.text in client.get(again).content.decode()
    client.post(again, form(("4.3", "", True)))
    assert list(amendment.changes.values_list("point", "text")) == [("4.3", "")]


@pytest.mark.parametrize(
    "row",
    [("4.3", "", False), ("", "Слова", False), ("77.1", "Слова", False), ("4.3", "Слова", True)],
    ids=["no words", "no point", "unknown", "both"],
)
def test_nonsense_keeps_what_was_typed(agreement: Agreement, row: tuple[str, str, bool]) -> None:
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)

    answer = client.post(f"/a/{agreement.public_id}/amend/", form(row))

    assert answer.status_code == 422
    assert row[1] in answer.content.decode()
    assert not agreement.papers.exists()
