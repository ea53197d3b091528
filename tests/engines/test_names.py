"""The names engine: every form a clerk would write, and what it must never lose."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.engines import names
from zveno.engines.names import Case, Gender, Organisation, Person, Post, Why

CASES = json.loads((Path(__file__).parent / "data" / "names_100.json").read_text(encoding="utf-8"))
CYRILLIC = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=1, max_size=12).map(str.title)


def title_of(row: dict[str, Any]) -> str:
    return row.get("text") or " ".join(
        filter(None, (row["family"], row["given"], row["patronymic"]))
    )


@pytest.mark.parametrize("row", CASES, ids=title_of)
def test_forms_are_those_a_clerk_would_write(row: dict[str, Any]) -> None:
    answer = names.solve({"items": [row]})["items"][0]
    got = {case: form["text"] for case, form in answer["forms"].items()}
    got["gender"] = answer["gender"]
    assert {key: got[key] for key in row["expect"]} == row["expect"]


def test_the_list_holds_all_kinds_and_hundreds_of_forms() -> None:
    kinds = {row["kind"] for row in CASES}
    assert kinds == {"person", "post", "organisation", "basis"}
    assert len(CASES) >= 100


def test_all_six_cases_of_a_person() -> None:
    (answer,) = names.decline([Person("Ёлкина", "Наталья", "Юрьевна")])
    assert [form.text for form in answer.forms.values()] == [
        "Ёлкина Наталья Юрьевна",
        "Ёлкиной Натальи Юрьевны",
        "Ёлкиной Наталье Юрьевне",
        "Ёлкину Наталью Юрьевну",
        "Ёлкиной Натальей Юрьевной",
        "Ёлкиной Наталье Юрьевне",
    ]


def test_all_six_cases_of_an_organisation() -> None:
    (answer,) = names.decline([Organisation("ГБДОУ детский сад № 911")])
    assert [form.text for form in answer.forms.values()] == [
        "ГБДОУ детский сад № 911",
        "ГБДОУ детского сада № 911",
        "ГБДОУ детскому саду № 911",
        "ГБДОУ детский сад № 911",
        "ГБДОУ детским садом № 911",
        "ГБДОУ детском саде № 911",
    ]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person("Соколов", "Андрей", "Викторович"), Why.NOTHING),
        (Person("Ким", "Мария", "Сергеевна"), Why.FAMILY_UNCHANGED),
        (Person("Чавчавадзе", "Нино", "Георгиевна"), Why.GIVEN_UNCHANGED),
        (Person("Садыкова", "Гузель", "Ринатовна"), Why.FOREIGN_NAME),
        (Person("Заяц", "Павел", "Ильич"), Why.RARE_FAMILY),
        (Person("Ким", "Ен Ук"), Why.FOREIGN_NAME),
        (Person("Smith", "John"), Why.FOREIGN_NAME),
        (Person("Петренко", "Саша"), Why.GENDER_DOUBTFUL),
        (Person("Соколова", "Андрей", "Викторович"), Why.GENDER_DOUBTFUL),
        (Person("О", "Сергей", "Иванович"), Why.FAMILY_UNCHANGED),
        (Person("Щерба", "Мария", "Львовна"), Why.RARE_FAMILY),
    ],
)
def test_a_doubtful_form_says_why(person: Person, why: Why) -> None:
    (answer,) = names.decline([person], [Case.GENITIVE])
    assert answer.forms[Case.GENITIVE].why is why


def test_the_nominative_is_never_in_doubt() -> None:
    (answer,) = names.decline([Person("Smith", "John")], [Case.NOMINATIVE])
    assert answer.forms[Case.NOMINATIVE].sure


def test_a_word_outside_our_lexicon_is_declined_and_marked() -> None:
    (answer,) = names.decline([Post("медицинская сестра")], [Case.DATIVE])
    assert answer.forms[Case.DATIVE] == names.Form("медицинской сестре", Why.UNKNOWN_WORD)


def test_a_word_of_no_dictionary_stands_and_is_marked() -> None:
    (answer,) = names.decline([Post("абырвалг отдела")], [Case.DATIVE])
    assert answer.forms[Case.DATIVE] == names.Form("абырвалг отдела", Why.UNKNOWN_WORD)


def test_acting_governs_the_genitive_even_where_it_was_not_written() -> None:
    (answer,) = names.decline([Post("и. о. директор")], [Case.NOMINATIVE, Case.DATIVE])
    assert answer.forms[Case.NOMINATIVE].text == "и. о. директор"
    assert answer.forms[Case.DATIVE] == names.Form("и. о. директора", Why.UNKNOWN_WORD)


@pytest.mark.parametrize(
    ("person", "gender"),
    [
        (Person("Мамедов", "Рашид", "Гасан оглы"), Gender.MASCULINE),
        (Person("Алиева", "Лейла", "кызы"), Gender.FEMININE),
        (Person("Коваленко", "Никита", "Фомич"), Gender.MASCULINE),
        (Person("Кузнецова", "Е.", "П."), Gender.FEMININE),
        (Person("Рау", "Сяо"), Gender.MASCULINE),
        (Person("Ли", "Хуа"), Gender.FEMININE),
    ],
)
def test_gender_is_found(person: Person, gender: Gender) -> None:
    assert names.find_gender(person)[0] is gender


def test_a_given_gender_outweighs_the_name() -> None:
    (answer,) = names.decline([Person("Шевчук", "Саша", gender=Gender.MASCULINE)], [Case.DATIVE])
    assert answer.forms[Case.DATIVE].text == "Шевчуку Саше"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (
            Person("Соколов", "Андрей", "Викторович"),
            ("Соколов А. В.", "А. В. Соколов", "С. А."),
        ),
        (Person("Ким", "Ен Ук"), ("Ким Е.", "Е. Ким", "К. Е.")),
        (Person("Мамедов", "Рашид", "оглы"), ("Мамедов Р.", "Р. Мамедов", "М. Р.")),
        (Person("Ёлкина", "", ""), ("Ёлкина", "Ёлкина", "Ё.")),
    ],
)
def test_short_names(person: Person, expected: tuple[str, str, str]) -> None:
    assert (names.initials(person), names.signature(person), names.letters(person)) == expected


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Соколов Андрей Викторович", Person("Соколов", "Андрей", "Викторович")),
        ("Андрей Викторович Соколов", Person("Соколов", "Андрей", "Викторович")),
        ("Ким Ен Ук", Person("Ким", "Ен Ук")),
        ("Ван дер Ваальс Ян", Person("Ван дер Ваальс", "Ян")),
        ("Мамин Сибиряк Дмитрий Наркисович", Person("Мамин Сибиряк", "Дмитрий", "Наркисович")),
        ("Мамедов Рашид оглы", Person("Мамедов", "Рашид", "оглы")),
        ("Мамедов Рашид Гасан оглы", Person("Мамедов", "Рашид", "Гасан оглы")),
        ("Рабинович Эмма Исааковна", Person("Рабинович", "Эмма", "Исааковна")),
        ("  Дюма   Александр ", Person("Дюма", "Александр")),
        ("Ёлкина", Person("Ёлкина")),
        ("фон", Person("фон")),
        ("", Person("")),
    ],
)
def test_a_name_in_one_line_is_parted(text: str, person: Person) -> None:
    assert names.parse(text) == person


def test_a_name_in_one_line_may_bring_its_gender() -> None:
    item = {"kind": "person", "text": "Шевчук Саша", "gender": "masculine"}
    answer = names.solve({"items": [item], "cases": ["dative"]})["items"][0]
    assert answer["forms"]["dative"]["text"] == "Шевчуку Саше"


def test_nobody_declines_to_nothing() -> None:
    (answer,) = names.decline([Person("")], [Case.GENITIVE])
    assert answer.forms[Case.GENITIVE].text == ""
    assert names.signature(Person("")) == ""


def test_capitals_stay_capitals() -> None:
    (answer,) = names.decline([Post("ДИРЕКТОР ШКОЛЫ")], [Case.GENITIVE])
    assert answer.forms[Case.GENITIVE].text == "ДИРЕКТОРА ШКОЛЫ"


def test_a_letter_typed_in_two_code_points_declines_as_one() -> None:
    answer = names.solve(
        {
            "items": [{"kind": "person", "family": "Гаи\u0306дай", "given": "Леонид"}],
            "cases": ["dative"],
        }
    )
    assert answer["items"][0]["forms"]["dative"]["text"] == "Гайдаю Леониду"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown kind"):
        names.solve({"items": [{"kind": "town", "text": "Кириши"}]})


@pytest.mark.slow
def test_the_child_process_answers_in_plain_json() -> None:
    problem = {"items": [{"kind": "basis", "text": "Устав"}], "cases": ["genitive"]}
    child = subprocess.run(
        [sys.executable, "-m", "zveno.engines", "names"],
        input=json.dumps(problem),
        capture_output=True,
        check=True,
        text=True,
    )
    form = json.loads(child.stdout)["items"][0]["forms"]["genitive"]
    assert form == {"text": "Устава", "sure": True, "why": ""}


@given(family=CYRILLIC, first=CYRILLIC, patronymic=CYRILLIC | st.just(""))
def test_every_person_has_six_forms_with_as_many_words(
    family: str, first: str, patronymic: str
) -> None:
    person = Person(family, first, patronymic)
    (answer,) = names.decline([person])
    words = len([part for part in (family, first, patronymic) if part])
    assert set(answer.forms) == set(Case)
    assert all(len(form.text.split(" ")) == words for form in answer.forms.values())


@given(family=CYRILLIC, case=st.sampled_from(Case))
def test_initials_survive_every_case(family: str, case: Case) -> None:
    (answer,) = names.decline([Person(family, "А.", "В.")], [case])
    assert answer.forms[case].text.endswith(" А. В.")


PHRASE = st.lists(
    st.sampled_from(
        [
            "Детский",
            "центр",
            "школа",
            "ГБОУ",
            "«Мир Звёзд»",
            "№ 5",
            "(пример)",
            "–",
            "и",
            "имени",
            "7-й",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(text=PHRASE, case=st.sampled_from(Case), kind=st.sampled_from([Post, Organisation]))
def test_numbers_quotes_and_abbreviations_survive_every_case(
    text: str, case: Case, kind: type[Post] | type[Organisation]
) -> None:
    (answer,) = names.decline([kind(text)], [case])
    kept = re.compile(r"«[^»]*»|№ 5|\(пример\)|ГБОУ|–|7-й")
    assert kept.findall(answer.forms[case].text) == kept.findall(text)


@given(text=st.text(max_size=60))
def test_any_text_is_taken_without_a_fault_and_kept_in_the_nominative(text: str) -> None:
    (answer,) = names.decline([Organisation(text)])
    assert answer.forms[Case.NOMINATIVE].text == text
