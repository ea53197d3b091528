"""Which backups are kept: all of two days, then the last of each of 7 days, 4 weeks, 12 months."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from zveno.kernel.backup.container import ENCRYPTED, PLAIN

_FORM = "zveno-%Y-%m-%dT%H%M%SZ"
_ALL_OF = timedelta(days=2)
_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)


def name_of(moment: datetime, *, encrypted: bool) -> str:
    """Name the file of a backup made at ``moment``."""
    return moment.astimezone(UTC).strftime(_FORM) + (ENCRYPTED if encrypted else PLAIN)


def moment_of(path: Path) -> datetime | None:
    """Return when a backup was made, by its name; nothing for any other file."""
    stem = path.name.removesuffix(ENCRYPTED).removesuffix(PLAIN)
    try:
        return datetime.strptime(stem, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Choose the backups that stay."""
    newest_first = sorted(moments, reverse=True)
    stays = {moment for moment in newest_first if moment > newest_first[0] - _ALL_OF}
    for many, period in _PERIODS:
        last: dict[object, datetime] = {}
        for moment in newest_first:
            last.setdefault(period(moment), moment)
        stays |= set(list(last.values())[:many])
    return stays


def thin(folder: Path) -> list[Path]:
    """Remove the backups that do not stay; return them. Files of other names are left alone."""
    found = {path: moment for path in folder.iterdir() if (moment := moment_of(path))}
    stays = kept(found.values())
    gone = sorted(path for path, moment in found.items() if moment not in stays)
    for path in gone:
        path.unlink()
    return gone
