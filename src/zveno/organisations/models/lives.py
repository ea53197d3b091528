"""The arithmetic of a life: stretches of days that follow each other without gap or overlap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an organisation is from the day ``since`` until the day before ``until``.

    ``None`` in their place: from ever, for good. ``territory`` is a key.
    """

    since: date | None
    until: date | None
    kind: str
    name: str
    territory: int | None
    exists: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is in it."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def facts(self) -> dict[str, Any]:
        """Return what it says, without its days."""
        return {name: getattr(self, name) for name in TOLD}


TOLD = ("kind", "name", "territory", "exists")
Life = Sequence[Stretch]


def on(life: Life, day: date) -> Stretch:
    """Return the stretch of a life that ``day`` is in."""
    return next(one for one in life if one.holds_on(day))


def rewritten(life: Life, day: date, changes: Mapping[str, Any]) -> list[Stretch]:
    """Let ``changes`` hold from ``day`` on, each until the day its field changed next."""
    parts = _cut(life, day)
    for name, value in changes.items():
        before = getattr(on(parts, day), name)
        parts = _replaced(parts, lambda one: one.since is not None and one.since >= day, name,
                          before, value)  # fmt: skip
    return _joined(parts)


def taken_back(life: Life, day: date) -> list[Stretch]:
    """Let what changed on ``day`` not have changed then: what held before goes on."""
    before, after = on(life, day - timedelta(days=1)), on(life, day)
    if before.since is None and not before.exists:
        return _joined([replace(before, exists=True), *life[1:]])
    return rewritten(life, day, _differing(before, after))


def begun(life: Life, day: date) -> list[Stretch]:
    """Let the life begin on ``day``: before, there was nothing."""
    parts = _cut(life, day)
    return _joined(
        [one if one.since and one.since >= day else replace(one, exists=False) for one in parts]
    )


def corrected(life: Life, day: date, changes: Mapping[str, Any]) -> list[Stretch]:
    """Put right what holds on ``day``, in all the time for which it was said so."""
    parts = list(life)
    for name, value in changes.items():
        here = parts.index(on(parts, day))
        wrong = getattr(parts[here], name)
        first = last = here
        while first and getattr(parts[first - 1], name) == wrong:
            first -= 1
        while last + 1 < len(parts) and getattr(parts[last + 1], name) == wrong:
            last += 1
        for place in range(first, last + 1):
            parts[place] = _saying(parts[place], name, value)
    return _joined(parts)


def _differing(before: Stretch, after: Stretch) -> dict[str, Any]:
    return {name: value for name, value in before.facts().items() if getattr(after, name) != value}


def _cut(life: Life, day: date) -> list[Stretch]:
    """Let a stretch begin on ``day``."""
    parts: list[Stretch] = []
    for one in life:
        if one.holds_on(day) and one.since != day:
            parts += [replace(one, until=day), replace(one, since=day)]
        else:
            parts.append(one)
    return parts


def _replaced(
    parts: Life, behind: Callable[[Stretch], bool], name: str, before: object, value: object
) -> list[Stretch]:
    """Put ``value`` in the place of ``before`` from a stretch on, until there is another."""
    made, going = [], True
    for one in parts:
        if behind(one):
            going = going and getattr(one, name) == before
        made.append(_saying(one, name, value) if going and behind(one) else one)
    return made


def _saying(one: Stretch, name: str, value: object) -> Stretch:
    changed: dict[str, Any] = {name: value}
    return replace(one, **changed)


def _joined(parts: Life) -> list[Stretch]:
    """Make one of neighbours that say the same."""
    made: list[Stretch] = []
    for one in parts:
        if made and made[-1].facts() == one.facts():
            made[-1] = replace(made[-1], until=one.until)
        else:
            made.append(one)
    return made


def ended_on(life: Life, day: date) -> date | None:
    """Return since when, on ``day``, it has not existed any more; nothing while it exists."""
    since = None
    for one in life:
        if one.since and one.since > day:
            break
        since = None if one.exists else since or one.since
    return since
