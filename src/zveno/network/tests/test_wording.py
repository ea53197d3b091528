"""The clause library: read, checked, saved as versions, gone back to, drawn from."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.network import actions
from zveno.network.models import Agreement, Cluster, Wording
from zveno.network.models.clause_text import FIELD, clauses_in, tidy, written
from zveno.network.models.kinds import Kind
from zveno.network.models.placeholders import faults, placeholders, shipped_text
from zveno.network.models.wording import clauses, paper_of
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.ui.differences import differences

RECIPE = "Кластер «{cluster_name}» печёт хлеб."
TERMS = actions.Terms("Проба", "Санкт-Петербург", date(2026, 11, 20), date(2029, 11, 20))


class House:
    """A base with a school, and its coordinator, who edits the clauses."""

    def __init__(self) -> None:
        self.base: Organisation = organisations.college()
        self.cluster: Cluster = make.cluster(self.base)
        make.member(self.cluster)
        self.clerk: Actor = people.coordinator(self.base)
        self.shipped = shipped_text(Kind.COOPERATION)
        self.page = f"/papers/{self.base.public_id}/clauses/"

    def save(self, more: str, seen: int = 0) -> Wording | None:
        """Save the shipped text with one paragraph more."""
        text = self.shipped + more
        return actions.save_wording(
            self.clerk, self.base.public_id, kind=Kind.COOPERATION, text=text, seen=seen
        )

    def use(self, number: int) -> None:
        """Choose a version."""
        actions.use_wording(self.clerk, self.base.public_id, kind=Kind.COOPERATION, number=number)

    def draft(self) -> Agreement:
        """Draw a draft."""
        return actions.start_agreement(
            self.clerk, self.cluster.public_id, terms=TERMS, obligations=[]
        )


def words_of(draft: Agreement) -> str:
    return str(Paper.objects.get(pk=draft.paper_id).content["blocks"])


@pytest.mark.parametrize("kind", Kind.values)
def test_what_is_shipped_is_without_faults_and_comes_back_from_its_text(kind: str) -> None:
    paper = clauses(kind)["paper"]
    text = shipped_text(kind)

    again = clauses_in(text)

    assert faults(kind, text) == []
    assert written(again) == written(paper)
    for section, shipped in zip(again["sections"], paper["sections"], strict=True):
        for clause, as_shipped in zip(section["clauses"], shipped["clauses"], strict=True):
            kept = {"text", "items"}
            assert {k: v for k, v in clause.items() if k in kept} == {
                k: v for k, v in as_shipped.items() if k in kept
            }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "О {cluster_nmae}.",
            "Подстановки {cluster_nmae} нет. Возможно, вы имели в виду {cluster_",
        ),
        ("О {сity}.", "имели в виду {city}"),
        ("О {}.", "Подстановки {} нет. Возьмите"),
        ("О {city", "имели в виду {city}"),
        ("О {base_obligations}.", "{base_obligations} — это перечень"),
        ("Рады 😀", "нельзя напечатать: 😀"),
        ("# Пустой\n\n# Второй\nАбзац.", "Этот раздел пуст"),
        ("# Раздел\n- пункт\nАбзац.", "нужен абзац"),
        ("#\nАбзац.", "название раздела"),
        ("| a | b |\n| c |", "не столько ячеек"),
    ],
)
def test_a_fault_is_told_with_its_line_and_how_to_mend_it(line: str, told: str) -> None:
    text = f"{shipped_text(Kind.COOPERATION)}{line}\n"
    place = text[: text.index(line)].count("\n") + 1

    (found, *_others) = faults(Kind.COOPERATION, text)

    assert told in str(found)
    assert found.line in range(place, place + 3)


def test_what_nobody_may_sign_without_must_be_there() -> None:
    (found,) = faults(
        Kind.COOPERATION, shipped_text(Kind.COOPERATION).replace("{parties_preamble}", "Мы")
    )

    assert (found.line, str(found)) == (0, "В тексте не хватает подстановок: {parties_preamble}.")


@pytest.mark.django_db
def test_every_placeholder_has_words_in_every_agreement() -> None:
    house = House()
    draft = house.draft()
    known = placeholders(Kind.COOPERATION)
    lines = "".join(f"- {one.typed}\n" for one in known)
    draft.wording = Wording(text=f"{house.shipped}\n# Всё\nПеречень:\n{lines}")

    paper = paper_of(draft, list(draft.parties.all()), [])

    drawn = engines.run("papers", {"draw": paper, "formats": ["text"]})
    assert drawn["text"]
    assert not FIELD.search(drawn["text"])


@given(text=st.text(alphabet="#-| {}aбcity_\n\r\u2028", max_size=60))
def test_whatever_is_typed_is_judged_and_what_passes_is_read(text: str) -> None:
    whole = shipped_text(Kind.COOPERATION) + text

    assert tidy(tidy(whole)) == tidy(whole)
    if not faults(Kind.COOPERATION, whole):
        assert tidy(written(clauses_in(whole))) == tidy(written(clauses_in(tidy(whole))))


@pytest.mark.django_db
def test_a_draft_keeps_the_version_it_was_drawn_with() -> None:
    house = House()
    house.save(RECIPE)
    draft = house.draft()

    house.save("Ничего не печёт.", seen=1)
    actions.change_terms(house.clerk, draft.public_id, terms=TERMS)

    kept = Agreement.objects.get(pk=draft.pk)
    assert (kept.wording and kept.wording.number) == 1
    assert f"Кластер «{house.cluster.name}» печёт хлеб." in words_of(kept)


@pytest.mark.django_db
def test_one_goes_back_to_an_older_version_and_to_what_is_shipped() -> None:
    house = House()
    house.save(RECIPE)
    house.save("Второе.", seen=1)

    house.use(1)
    older = house.draft().wording
    house.use(0)

    assert older is not None
    assert older.number == 1
    assert Wording.objects.in_use(house.base, Kind.COOPERATION) is None


@pytest.mark.django_db
def test_the_text_in_use_is_not_saved_anew() -> None:
    house = House()
    house.save(RECIPE)

    assert house.save(f"{RECIPE}\r\n\r\n", seen=0) == Wording.objects.get()


@pytest.mark.django_db
def test_who_edited_an_older_version_is_told() -> None:
    house = House()
    house.save(RECIPE)

    with pytest.raises(actions.WordingMoved):
        house.save("Другое.", seen=0)


@pytest.mark.django_db
def test_a_version_that_is_not_there_cannot_be_used() -> None:
    house = House()
    house.save(RECIPE)

    with pytest.raises(actions.NoSuchWording):
        house.use(2)

    assert Wording.objects.get().current


@pytest.mark.django_db
def test_only_those_of_the_organisation_word_its_agreements() -> None:
    house = House()
    house.clerk = people.actor(house.base, Post.Role.TEACHER)

    with pytest.raises(NotAllowed):
        house.save(RECIPE)


@pytest.mark.django_db
def test_page_shows_the_text_in_use_beside_its_placeholders() -> None:
    house = House()
    house.save(RECIPE)

    page = visitor(house.base, Post.Role.COORDINATOR).get(house.page).text

    assert RECIPE in page
    assert "{valid_until}" in page
    assert "Версия 1" in page


@pytest.mark.django_db
def test_preview_shows_real_parties_and_saves_nothing() -> None:
    house = House()
    draft = house.draft()
    typed = {"text": house.shipped + RECIPE, "seen": 0, "agreement": draft.public_id}

    page = visitor(house.base, Post.Role.COORDINATOR).post(house.page, typed | {"preview": 1})

    assert page.status_code == 200
    assert f"Кластер «{house.cluster.name}» печёт хлеб." in page.text
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_the_page_keeps_a_faulty_text_and_says_all_that_is_wrong() -> None:
    house = House()

    page = visitor(house.base, Post.Role.COORDINATOR).post(
        house.page, {"text": "# Мы\nПечём {hleb} и {cityy}.", "seen": 0}
    )

    assert page.status_code == 422
    assert "Печём {hleb} и {cityy}." in page.text
    assert "Строка 2. Подстановки {hleb} нет" in page.text
    assert "имели в виду {city}?" in page.text


@pytest.mark.django_db
def test_who_is_told_of_another_version_may_save_over_it() -> None:
    house = House()
    client = visitor(house.base, Post.Role.COORDINATOR)
    house.save(RECIPE)
    typed = {"text": house.shipped + "Другое.", "seen": 0}

    told = client.post(house.page, typed)
    (seen,) = [told.context["form"]["seen"].value()]
    answer = client.post(house.page, typed | {"seen": seen})

    assert (told.status_code, "версию 1" in told.text, answer.status_code) == (422, True, 302)


@pytest.mark.django_db
def test_differences_between_versions_are_shown_word_by_word() -> None:
    house = House()
    house.save(RECIPE)
    client = visitor(house.base, Post.Role.COORDINATOR)

    page = client.get(f"{house.page}compare/").text

    assert f"<ins>{RECIPE}</ins>" in page
    assert "<del>" not in page
    assert client.get(f"{house.page}compare/?old=7").status_code == 404


def test_a_changed_line_shows_its_changed_words_only() -> None:
    (line,) = differences("Кластер печёт белый хлеб", "Кластер печёт ржаной хлеб")

    assert line.mark == "changed"
    assert [words for mark, words in line.words if mark != "same"] == ["белый", "ржаной"]


@given(old=st.text(alphabet="аб \n", max_size=30), new=st.text(alphabet="аб \n", max_size=30))
def test_what_is_new_and_what_stays_is_the_new_text(old: str, new: str) -> None:
    shown = differences(old, new)
    told = [
        "".join(words for mark, words in line.words if mark in {"same", "new"}) for line in shown
    ]
    skipped = any(line.left_out for line in shown)
    lines = [line for line in new.strip().split("\n") if line]

    assert skipped or not shown or [line for line in told if line] == lines


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?kind=x", "?version=x", "?version=" + "9" * 30])
def test_a_strange_address_shows_the_text(query: str) -> None:
    house = House()

    page = visitor(house.base, Post.Role.COORDINATOR).get(house.page + query)

    assert page.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "compare/"])
def test_pages_ask_little_of_the_database(page: str, django_assert_max_num_queries: Any) -> None:
    house = House()
    for number in range(1, 6):
        make.wording(house.base, number, current=number == 5)
    client = visitor(house.base, Post.Role.COORDINATOR)

    with django_assert_max_num_queries(15):
        client.get(house.page + page)
