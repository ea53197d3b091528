"""Files for calendars (RFC 5545): something that happens, to be added to one's own calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse

OCTETS = 75
_ESCAPED = re.compile(r"([\\;,])")


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens from when until when and where.

    A calendar knows it by ``key``, and takes the version with the highest ``changes``.
    """

    key: str
    title: str
    begins: datetime
    ends: datetime
    place: str
    text: str
    url: str
    told_at: datetime
    changes: int = 0
    cancelled: bool = False


def attached(name: str, happening: Happening) -> HttpResponse:
    """Answer with a calendar that holds it, as a file ``name``."""
    answer = HttpResponse(written(happening), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def written(happening: Happening) -> bytes:
    """Write a calendar with one entry."""
    lines = [part for line in _lines(happening) for part in _folded(line)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(one: Happening) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zveno//Zveno//RU")
    yield from ("METHOD:PUBLISH", "BEGIN:VEVENT", f"UID:{one.key}@zveno")
    yield from (f"DTSTAMP:{_moment(one.told_at)}", f"SEQUENCE:{one.changes}")
    yield from (f"DTSTART:{_moment(one.begins)}", f"DTEND:{_moment(one.ends)}")
    yield from (f"SUMMARY:{_text(one.title)}", f"LOCATION:{_text(one.place)}")
    yield from (f"DESCRIPTION:{_text(one.text)}", f"URL:{one.url}")
    yield "STATUS:CANCELLED" if one.cancelled else "STATUS:CONFIRMED"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Write words so that none of them ends a value or a line."""
    return r"\n".join(_ESCAPED.sub(r"\\\1", words).splitlines())


def _folded(line: str) -> Iterator[str]:
    """Break a line where it would be longer than 75 octets, never inside a letter."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
