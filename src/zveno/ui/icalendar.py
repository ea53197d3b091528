"""Files for calendars (RFC 5545): something that happens, to be added to one's own calendar."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

OCTETS = 75
_ESCAPED = re.compile(r"([\\;,])")


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens from when until when and where; a day, where it begins and ends with one.

    A calendar knows it by ``key``, and takes the version with the highest ``changes``.
    """

    key: str
    title: str
    begins: datetime | date
    ends: datetime | date
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


def feed(request: HttpRequest, name: str, happenings: Iterable[Happening]) -> HttpResponse:
    """Answer a program that keeps a calendar with all of it, or that nothing is new."""
    body = written(*happenings, name=name)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag) or HttpResponse(
        body, content_type="text/calendar; charset=utf-8"
    )
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def written(*happenings: Happening, name: str = "") -> bytes:
    """Write a calendar; one that is kept has a ``name``, and says how often to look again."""
    lines = [part for line in _lines(happenings, name) for part in _folded(line)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(happenings: Iterable[Happening], name: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zveno//Zveno//RU")
    yield "METHOD:PUBLISH"
    if name:
        yield from (f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H")
    for one in happenings:
        yield from _entry(one)
    yield "END:VCALENDAR"


def _entry(one: Happening) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{one.key}@zveno")
    yield from (f"DTSTAMP:{_moment(one.told_at)}", f"SEQUENCE:{one.changes}")
    yield from (f"DTSTART{_time(one.begins)}", f"DTEND{_time(one.ends)}")
    yield from (f"SUMMARY:{_text(one.title)}", f"LOCATION:{_text(one.place)}")
    yield from (f"DESCRIPTION:{_text(one.text)}", f"URL:{one.url}")
    yield "STATUS:CANCELLED" if one.cancelled else "STATUS:CONFIRMED"
    yield "END:VEVENT"


def _time(time: datetime | date) -> str:
    if isinstance(time, datetime):
        return f":{_moment(time)}"
    return f";VALUE=DATE:{time:%Y%m%d}"


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
