"""A draft is edited while somebody agrees to it: nobody agrees to words they have not read."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest

from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.network.actions import agree_review, agreements, reviewing
from zveno.network.models import Agreement, Review
from zveno.network.tests import make
from zveno.network.tests.test_reviews import CHANGES, Case
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@contextmanager
def edited(case: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Edit the draft; go on inside when it is locked, and let it be saved when it is waited for."""
    locked, redraw = Event(), agreements._redraw

    def pause(agreement: Agreement) -> None:
        locked.set()
        wait_until_waited_for()
        redraw(agreement)

    monkeypatch.setattr(agreements, "_redraw", pause)
    with ThreadPoolExecutor(1) as pool:
        saved = pool.submit(ended, lambda: CHANGES["terms"](case))
        assert locked.wait(60)
        yield
        assert saved.result() == "done"


def hold(_agreement: Agreement, _seen: str) -> None:
    """Take whatever the draft says now for what was read."""


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (reviewing._require_seen, ("draft_changed", False)),
        (hold, ("done", True)),
    ],
    ids=["what was read", "control: words nobody has read are agreed to"],
)
def test_agreed_to_while_it_is_edited(
    monkeypatch: pytest.MonkeyPatch,
    look: Callable[[Agreement, str], None],
    expected: tuple[str, bool],
) -> None:
    with seeing_all():
        drawn = make.agreement(state="draft", mark="0" * 64)
        people.head(drawn.cluster.base)
        case = Case(drawn)
        review, read = make.review(drawn, case.post), drawn.mark
    monkeypatch.setattr(reviewing, "_require_seen", look)
    with edited(case, monkeypatch):
        got = ended(lambda: agree_review(case.reader, review.public_id, seen=read))

    with seeing_all():
        assert (got, Review.objects.get(pk=review.pk).holds) == expected
