"""What time it is, also while the clock is being set."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from zveno.kernel import clock

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
HOUR = timedelta(hours=1)


def test_a_clock_set_back_does_not_go_back_inside_a_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    with clock.steady() as begun:
        monkeypatch.setattr(timezone, "now", lambda: NOON - HOUR)
        inside = clock.now()

    assert (begun, inside, clock.now()) == (NOON, NOON, NOON - HOUR)


def test_a_journey_inside_a_transaction_leads_into_the_past() -> None:
    with clock.steady(), clock.travel(NOON):
        assert NOON <= clock.now() < NOON + HOUR
