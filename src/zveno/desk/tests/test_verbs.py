"""Whoever reads the journal reads words: each verb has a name, in both languages."""

import pytest
from django.utils import translation

from zveno.desk.models.verbs import SAID, said
from zveno.kernel.actions import VERBS
from zveno.kernel.reads import SEEN
from zveno.learners.models import PAGES


def test_every_verb_has_a_name_and_no_other_has() -> None:
    verbs = {name for name, verb in VERBS.items() if ".tests." not in verb.verb.__module__}

    assert set(SAID) == verbs | {SEEN}


def test_names_are_translated_and_differ() -> None:
    with translation.override("en"):
        english = {str(words) for words in SAID.values()}
    with translation.override("ru"):
        russian = {str(words) for words in [*SAID.values(), *PAGES.values()]}

    assert len(english) == len(SAID)
    assert not {words for words in russian if words.isascii()}
    assert len({str(words) for words in SAID.values()}) == len(SAID)


@pytest.mark.parametrize("verb", ["people.dance", ""])
def test_a_verb_that_is_no_more_keeps_its_name(verb: str) -> None:
    assert said(verb) == verb
