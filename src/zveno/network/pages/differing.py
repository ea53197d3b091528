"""What somebody else has changed of the rows of a draft, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.network.models import Obligation, Party, Period, Season, Side
from zveno.ui.seen import Seen


def tell_obligations(seen: Seen, parties: Iterable[Party]) -> None:
    """Tell how somebody else has changed the obligations: a line each."""
    names = {str(party.public_id): str(party) for party in parties}
    for change in seen.changes:
        seen.tell(
            change,
            _("Obligations of the parties"),
            lambda rows: _lines(_owed(row, names) for row in rows),
        )


def tell_seasons(seen: Seen) -> None:
    """Tell how somebody else has changed a calendar: a line each of its terms and holidays."""
    for change in seen.changes:
        seen.tell(change, _("Terms and holidays"), lambda rows: _lines(map(_season, rows)))


def tell_shares(seen: Seen, names: Mapping[UUID, str]) -> None:
    """Tell how somebody else has changed what the sides do: a line each."""
    known = {str(key): name for key, name in names.items()}
    for change in seen.changes:
        if isinstance(change.now, list):
            label = _("Sides and what each does")
            seen.tell(change, label, lambda rows: _lines(_share(row, known) for row in rows))


def _owed(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    unit = dict(Obligation.Unit.choices).get(row["unit"], "")
    day = _day(row["due"]) if row["due"] else ""
    return _joined(
        names.get(row["party"], Side(row["role"]).label),
        row["text"],
        f"{row['planned']} {unit}" if unit else "",
        Period(row["period"]).label,
        day,
    )


def _season(row: Mapping[str, str]) -> str:
    days = f"{_day(row['begins'])} – {_day(row['ends'])}"
    return _joined(row["name"], Season.Kind(row["kind"]).label, days)


def _share(row: Mapping[str, str], names: Mapping[str, str]) -> str:
    words = (row["part"], row["gives"], row["licence"])
    return _joined(names.get(row["organisation"], ""), Side(row["side"]).label, *words)


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written), "d.m.Y")


def _joined(*words: object) -> str:
    return ", ".join(str(word) for word in words if word)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
