"""Words typed in the wrong layout are understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.ui.keyboard import LATIN, RUSSIAN, other_layout, readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(",fkfyc", "баланс"), ("irjkf 47", "школа 47"), ("кщище", "robot"), ("Hj,jn", "Робот")],
)
def test_other_layout_gives_what_was_meant(typed: str, meant: str) -> None:
    assert readings(typed) == [typed, meant]


@given(st.text(st.sampled_from(RUSSIAN)))
def test_twice_the_other_layout_is_the_first(words: str) -> None:
    assert other_layout(other_layout(words)) == words


def test_each_key_has_its_two_letters() -> None:
    assert len(LATIN) == len(RUSSIAN) == len(set(LATIN)) == len(set(RUSSIAN))


def test_numbers_read_one_way() -> None:
    assert readings(" 47 ") == ["47"]
