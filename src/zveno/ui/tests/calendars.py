"""Readers of calendar files: two of others, that have to agree, and two of ours.

Of ours one reads signs, the other checks the grammar of RFC 5545.
"""

import re
from datetime import date, datetime
from typing import Any

import icalendar
import ics

LINE = re.compile(r"(?P<name>[A-Z][A-Z0-9-]*)(?P<parts>(?:;[A-Z-]+=[^\";:,]+)*):(?P<value>.*)")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "URL"}
STAMP, DAY = re.compile(r"\d{8}T\d{6}Z"), re.compile(r"\d{8}")
OCTETS = 75


def agreed(file: bytes) -> list[dict[str, Any]]:
    """Read it by two libraries that share nothing; they have to find the same."""
    one, other = _by_icalendar(file), _by_ics(file)
    assert one == other
    assert len(one) == len(checked(file))
    return one


def _by_icalendar(file: bytes) -> list[dict[str, Any]]:
    entries = icalendar.Calendar.from_ical(file).walk("VEVENT")
    texts = {"uid": "UID", "title": "SUMMARY", "place": "LOCATION", "state": "STATUS"}
    found = [
        {name: str(entry.get(key, "")) for name, key in texts.items()}
        | {"begins": entry.decoded("DTSTART"), "ends": entry.decoded("DTEND")}
        for entry in entries
    ]
    return sorted(found, key=lambda one: one["uid"])


def _by_ics(file: bytes) -> list[dict[str, Any]]:
    found = [
        {
            "uid": entry.uid,
            "title": entry.name,
            "place": entry.location or "",
            "state": entry.status or "",
            "begins": _moment(entry.begin.datetime, whole_day=entry.all_day),
            "ends": _moment(entry.end.datetime, whole_day=entry.all_day),
        }
        for entry in ics.Calendar(file.decode()).events
    ]
    return sorted(found, key=lambda one: one["uid"])


def _moment(at: datetime, *, whole_day: bool) -> date:
    return at.date() if whole_day else at


def read(file: bytes) -> list[dict[str, str]]:
    """Read it as a lenient program does: sign by sign, whatever the lines are."""
    text, events = file.decode().replace("\r\n ", ""), []
    for part in text.split("BEGIN:VEVENT\r\n")[1:]:
        event = {}
        for line in part.split("END:VEVENT")[0].split("\r\n"):
            head, _, value = line.partition(":")
            if head:
                event[head.split(";")[0]] = _plain(value)
        events.append(event)
    return events


def _plain(value: str) -> str:
    signs, found = iter(value), []
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            found.append("\n" if after in "nN" else after)
        else:
            found.append(sign)
    return "".join(found)


def checked(file: bytes) -> list[dict[str, str]]:
    """Read it by the grammar of RFC 5545, and refuse what does not keep to it."""
    assert file.endswith(b"\r\n"), "a line has no end"
    raw = file[:-2].split(b"\r\n")
    assert all(len(line) <= OCTETS for line in raw), "a line is too long"
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", file), "a line ends in its own way"
    lines: list[bytes] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return _structured([_parsed(line.decode()) for line in lines])


def _parsed(line: str) -> tuple[str, str, str]:
    found = LINE.fullmatch(line)
    assert found, f"no property: {line}"
    return found["name"], found["parts"], found["value"]


def _structured(rows: list[tuple[str, str, str]]) -> list[dict[str, str]]:
    assert rows[0] == ("BEGIN", "", "VCALENDAR")
    assert rows[-1] == ("END", "", "VCALENDAR")
    heads = [name for name, _parts, _value in rows]
    assert heads.count("VERSION") == heads.count("PRODID") == 1
    events: list[dict[str, str]] = []
    inside = False
    for name, parts, value in rows[1:-1]:
        if (name, value) in {("BEGIN", "VEVENT"), ("END", "VEVENT")}:
            assert inside == (name == "END"), "entries are nested"
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = _valued(name, parts, value)
    assert len({one["UID"] for one in events}) == len(events)
    assert all(one.keys() >= ONCE for one in events)
    return events


def _valued(name: str, parts: str, value: str) -> str:
    if name in {"DTSTART", "DTEND"} and parts == ";VALUE=DATE":
        assert DAY.fullmatch(value), value
    elif name in {"DTSTART", "DTEND", "DTSTAMP"}:
        assert STAMP.fullmatch(value), value
    elif name in {"SUMMARY", "LOCATION", "DESCRIPTION"}:
        assert re.fullmatch(r"(?:[^\\;,\x00-\x1f]|\\[\\;,nN])*", value), value
        return re.sub(r"\\(.)", lambda one: "\n" if one[1] in "nN" else one[1], value)
    return value
