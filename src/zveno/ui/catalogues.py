"""Message catalogues, compiled by ourselves: no gettext package is asked of the machine."""

import os
from pathlib import Path

import polib

ROOMS = Path(__file__).resolve().parents[1]


def catalogues() -> list[Path]:
    """List the catalogues of all rooms and languages, in the order of their names."""
    return sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> list[Path]:
    """Write the .mo beside every .po that is younger or has none; return what was written.

    Two programs may start at once: each writes a file of its own and puts it in place whole.
    """
    written = []
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not _is_fresh(target, source):
            _compile(source, target)
            written.append(target)
    return written


def _is_fresh(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path, target: Path) -> None:
    draft = target.with_suffix(f".{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)
