"""The words an event is announced with: in a messenger, on a site, in a letter, on a poster."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from zveno.events.models.events import Event


@dataclass(frozen=True, slots=True)
class Announcement:
    """Texts in the language of papers; nothing in them is about a child."""

    messenger: str
    site: str
    subject: str
    letter: str


@translation.override(settings.LANGUAGE_CODE)
def announcement_of(event: Event) -> Announcement:
    """Write all texts about an event, told in its own time zone."""
    return Announcement(
        messenger=_lines(
            event.title,
            *_kind_unless_titled(event),
            "",
            f"{_day(event)}, {_hours(event)}",
            event.venue,
            capfirst(event.grades),
            *_lede(event),
            "",
            _("Groups are registered by schools. Details and seats:"),
            _address(event),
        ),
        site=_lines(event.title, *_lede(event), "", *_told(event), "", *_where_to_register(event)),
        subject=_("Invitation: %(title)s, %(day)s") % {"title": event.title, "day": _day(event)},
        letter=_lines(
            _("Hello,"),
            "",
            _("%(host)s invites your children: %(title)s.")
            % {"host": event.host.name, "title": event.title},
            *_lede(event),
            "",
            *_told(event),
            "",
            *_where_to_register(event),
        ),
    )


@translation.override(settings.LANGUAGE_CODE)
def poster_of(event: Event) -> dict[str, Any]:
    """Return what the engine ``posters`` draws."""
    facts = [
        (_("Day"), _day(event)),
        (_("Time"), _hours(event)),
        (_("Where"), event.venue),
        (_("For whom"), capfirst(event.grades)),
        (_("How to come"), _("Groups are registered by schools: tell your teacher.")),
    ]
    return {
        "kind": _kind(event),
        "title": event.title,
        "lede": event.lede,
        "facts": facts,
        "host": event.host.name,
        "cluster": _("Cluster “%(name)s”") % {"name": event.cluster.name},
        "call": _("Point a camera here: details and free seats"),
        "address": _address(event),
    }


def _told(event: Event) -> list[str]:
    told = [
        (_("What"), _kind(event)),
        (_("When"), f"{_day(event)}, {_hours(event)}"),
        (_("Where"), event.venue),
        (_("For whom"), event.grades),
        (_("Host"), event.host.name),
        (_("Cluster"), event.cluster.name),
    ]
    return [f"{what}: {words}" for what, words in told]


def _where_to_register(event: Event) -> list[str]:
    words = _("Reserve seats without names, the list may follow. Details and seats:")
    return [words, _address(event)]


def _lede(event: Event) -> list[str]:
    return ["", event.lede] if event.lede else []


def _kind(event: Event) -> str:
    return str(capfirst(event.get_kind_display()))


def _kind_unless_titled(event: Event) -> list[str]:
    """Many a title begins with the kind: it is not said twice."""
    kind = _kind(event)
    return [] if event.title.casefold().startswith(kind.casefold()) else [kind]


def _day(event: Event) -> str:
    """Write the day with its weekday; the second day of what goes over night stands by its hour."""
    begins = _there(event, event.starts_at)
    weekday = date_format(begins, "l").lower()
    return _("%(day)s, %(weekday)s") % {
        "day": date_format(begins, "DATE_FORMAT"),
        "weekday": weekday,
    }


def _hours(event: Event) -> str:
    begins, ends = _there(event, event.starts_at), _there(event, event.ends_at)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}–{ends:%H:%M}"
    until = f"{date_format(ends, 'DATE_FORMAT')}, {ends:%H:%M}"
    return _("%(begins)s to %(until)s") % {"begins": f"{begins:%H:%M}", "until": until}


def _there(event: Event, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(event.time_zone))


def _address(event: Event) -> str:
    return settings.ADDRESS + reverse("events:public", args=[event.public_id])


def _lines(*lines: str) -> str:
    return "\n".join(lines)
