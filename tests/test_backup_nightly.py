"""The backup of the night: made by the worker where it may, left to a timer where it may not."""

import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

from zveno.kernel import tasks

OURS = [[sys.executable, "-m", "zveno", "backup"]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    commands: list[list[str]] = []

    def note(command: list[str], **_: Any) -> None:
        commands.append(command)

    monkeypatch.setattr(subprocess, "run", note)
    return commands


@pytest.mark.parametrize(("owner", "begun"), [("zveno_owner", OURS), ("zveno_app", [])])
def test_it_is_made_by_who_may_sign_in_as_the_owner(
    monkeypatch: pytest.MonkeyPatch,
    started: list[list[str]],
    owner: str,
    begun: list[list[str]],
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "USER", "zveno_app")
    monkeypatch.setitem(settings.DATABASES["owner"], "USER", owner)

    tasks.back_up(timestamp=0)

    assert started == begun
