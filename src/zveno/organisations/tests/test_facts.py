"""Whatever the table engine says is said in words."""

import pytest
from django.utils import translation

from zveno.kernel import engines
from zveno.organisations.facts import REFUSALS, SENTENCES, refusal, sentence

CHILDREN = {
    "possible_duplicate",
    "namesake",
    "twin",
    "withdrawn_in_text",
    "adult_not_pupil",
    "unnamed_people",
    "text_left_out",
    "class_missing",
    "class_tidied",
    "class_unclear",
}
PLAN = {
    "when_unclear",
    "day_at_weekend",
    "year_assumed",
    "outside_the_year",
    "audience_spans",
    "number_repeats",
}


@pytest.fixture(scope="module")
def codes() -> dict[str, dict[str, list[str]]]:
    return engines.run("tables", {"codes": True})


def test_each_code_of_organisations_has_a_sentence(codes: dict[str, dict[str, list[str]]]) -> None:
    others = {code for code in codes["codes"] if code.startswith("date_")} | CHILDREN | PLAN

    assert set(codes["codes"]) - others - set(SENTENCES) == set()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_sentence_takes_the_facts_of_its_code(
    codes: dict[str, dict[str, list[str]]], language: str
) -> None:
    with translation.override(language):
        for code, names in codes["codes"].items():
            facts = dict.fromkeys(names, "7")
            assert "%(" not in sentence({"code": code, "field": None, "facts": facts})
        for code, names in codes["refusals"].items():
            assert "%(" not in refusal({"reason": code, **dict.fromkeys(names, 7)})


def test_sentences_name_no_code_the_engine_does_not_know(
    codes: dict[str, dict[str, list[str]]],
) -> None:
    known = set(codes["codes"]) | {f"director.{code}" for code in codes["codes"]}

    assert set(SENTENCES) - known == set()
    assert set(REFUSALS) - set(codes["refusals"]) == set()
