"""The papers of a trip in one file: what they say, for ``engines.papers`` to draw."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.documents.models import remembered
from zveno.events.models.escorts import Escort
from zveno.events.models.groups import Group
from zveno.events.models.sheets import day_of, long_day
from zveno.events.models.trips import Traveller, adults_needed, departing, travellers, trip_day
from zveno.kernel.actor import Actor
from zveno.learners.models import Consent, Learner, Purpose
from zveno.people.models import Post

FORM = "trip.2026-11.ru.json"
CASES = ("dative", "accusative")
BLANK = "________________"
ORDER, LIST, ROUTE, BRIEFING, JOURNAL, CONSENTS = range(6)
Declined = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Pack:
    """What the papers are made of: who leaves, who goes along, who signs the order."""

    group: Group
    travellers: Sequence[Traveller]
    escorts: Sequence[Escort]
    consents: Sequence[Consent]
    head: Post | None

    @property
    def leaving(self) -> list[Traveller]:
        """Those with both consents: nobody else stands in any of the papers."""
        return departing(self.travellers)

    @property
    def names(self) -> list[dict[str, str]]:
        """What ``engines.names`` declines: each adult, each job."""
        said = [("person", one.name) for one in self.escorts]
        said += [("post", one.job) for one in self.escorts]
        return [{"kind": kind, "text": text} for kind, text in dict.fromkeys(said)]


def pack_of(actor: Actor, group: Group) -> Pack:
    """Gather what the papers of a trip say."""
    found = travellers(actor, group)
    answers = (
        Consent.objects.visible_to(actor)
        .standing()
        .filter(
            learner__in=[one.place.learner_id for one in departing(found)],
            purpose=Purpose.TRIP,
        )
    )
    return Pack(
        group,
        found,
        list(Escort.objects.visible_to(actor).filter(group=group).leader_first()),
        list(answers.exclude(expires_on__lt=trip_day(group)).order_by("given_at", "pk")),
        Post.objects.visible_to(actor)
        .live()
        .filter(organisation=group.sender, role=Post.Role.HEAD)
        .select_related("person")
        .first(),
    )


def lacking(group: Group, found: Iterable[Traveller], leader: Escort | None) -> list[str]:
    """Say what is left to fill by hand, or to settle, before the papers are whole."""
    found = list(found)
    staying, needed = len(found) - len(departing(found)), adults_needed(group, found)
    short = max(0, needed - group.adults)
    asked = [
        (not leader, _("Nobody is named who leads the group.")),
        (
            bool(short),
            ngettext(
                "%(number)s more adult is needed for this group.",
                "%(number)s more adults are needed for this group.",
                short,
            )
            % {"number": short},
        ),
        (not group.way, _("It is not decided how the group gets there.")),
        (
            not (group.gathers_at and group.gathers_where),
            _("It is not said where and when the group gathers."),
        ),
        (not group.back_at, _("It is not said when the group is back.")),
        (
            group.way == Group.Way.HIRED and not group.carrier,
            _("The carrier of the bus is not named."),
        ),
        (
            bool(staying),
            ngettext(
                "%(number)s child lacks a consent and is in none of the papers.",
                "%(number)s children lack a consent and are in none of the papers.",
                staying,
            )
            % {"number": staying},
        ),
    ]
    return [words for missing, words in asked if missing]


def declined(group: Group, items: Sequence[Mapping[str, str]], answers: Sequence[Any]) -> Declined:
    """Read the answers of ``engines.names``; what the sender has written otherwise wins."""
    keys = [(one["kind"], one["text"]) for one in items]
    own = remembered(group.sender_id, keys)
    return {
        key: {case: form["text"] for case, form in answer["forms"].items()} | dict(own.get(key, {}))
        for key, answer in zip(keys, answers, strict=True)
    }


@translation.override(settings.LANGUAGE_CODE)
def paper_of(pack: Pack, cases: Declined) -> dict[str, Any]:
    """Put wording and facts together, as the engine of papers reads it."""
    text = files("zveno.events").joinpath("data", FORM).read_text("utf-8")
    form: dict[str, Any] = json.loads(text)
    bus = form.pop("bus")
    fields = _facts(pack) | _people(pack, cases)
    fields["bus"] = bus if pack.group.way in Group.BUSES else []
    papers = [form, *form["after"]]
    for number, rows in _rows(pack, fields).items():
        tables = [
            one["table"]
            for section in papers[number]["sections"]
            for one in section["clauses"]
            if "table" in one
        ]
        for place, (table, told) in enumerate(zip(tables, rows, strict=True)):
            table["rows"] = _cells(fields, f"p{number}_{place}", told, len(table["header"]))
    return form | {"fields": fields}


def _facts(pack: Pack) -> dict[str, Any]:
    group, event = pack.group, pack.group.event
    zone = ZoneInfo(event.time_zone)
    starts, ends = localtime(event.starts_at, zone), localtime(event.ends_at, zone)
    return {
        "sender": group.sender.name,
        "event": event.title,
        "quoted": event.title if "«" in event.title else f"«{event.title}»",
        "host": event.host.name,
        "venue": event.venue,
        "address": event.host.address or BLANK,
        "contacts": ", ".join(filter(None, [event.host.phone, event.host.email])) or BLANK,
        "led_by": event.led_by or BLANK,
        "day": long_day(day_of(event)),
        "hours": f"{time_format(starts, 'H:i')}–{time_format(ends, 'H:i')}",
        "children": _children(pack.leaving),
        "gathers": ", ".join(filter(None, [_time(group.gathers_at), group.gathers_where])),
        "gathers_at": _time(group.gathers_at),
        "gathers_where": group.gathers_where or BLANK,
        "back_at": _time(group.back_at),
        "way": str(group.get_way_display() or BLANK),
        "carriers": [group.carrier or BLANK] if group.way in Group.BUSES else [],
        "programme": [line.strip() for line in event.programme.splitlines() if line.strip()],
        "bring": [event.bring] if event.bring else [],
    }


def _children(leaving: Sequence[Traveller]) -> str:
    """Say in the genitive who goes: «12 обучающихся 7 «А», 7 «Б» классов»."""
    labels = list(dict.fromkeys(one.place.learner.class_label for one in leaving))
    young = leaving and not any(one.place.learner.grade for one in leaving)
    if not labels or not all(labels):
        return f"детей ({len(leaving)})"
    who = "воспитанников" if young else "обучающихся"
    one, many = ("группы", "групп") if young else ("класса", "классов")
    return f"{who} {', '.join(labels)} {one if len(labels) == 1 else many} ({len(leaving)})"


def _people(pack: Pack, cases: Declined) -> dict[str, Any]:
    """Name the adults in the cases of the order."""

    def told(one: Escort, case: str) -> str:
        forms = (cases.get(("person", one.name), {}), cases.get(("post", one.job), {}))
        name, job = (form.get(case, "") for form in forms)
        return f"{name or one.name}, {_small(job or one.job)}"

    leader = next((one for one in pack.escorts if one.leads), None)
    others = [one for one in pack.escorts if not one.leads]
    head = pack.head
    return {
        "leader": told(leader, "accusative") if leader else BLANK,
        "instructor": cases.get(("person", leader.name), {}).get("dative", leader.name)
        if leader
        else "Старшему группы",
        "leader_name": leader.name if leader else BLANK,
        "others": [told(one, "dative") for one in others],
        "head_post": (head.title or "Руководитель") if head else "Руководитель",
        "head_name": str(head.person) if head else "",
    }


def _rows(pack: Pack, said: Mapping[str, str]) -> dict[int, list[list[list[str]]]]:
    """Return the rows of each table of each paper; what is signed by hand is empty."""
    leaving = [one.place.learner for one in pack.leaving]
    leader = next((one.name for one in pack.escorts if one.leads), "")
    named = {child.pk: (number, child.full_name) for number, child in enumerate(leaving)}
    answers = sorted(pack.consents, key=lambda one: named[one.learner_id])
    lines = [(number, one, _born(one)) for number, one in enumerate(leaving, start=1)]
    return {
        ORDER: [
            [[said["head_post"], "", said["head_name"]]],
            [[one.name, "", ""] for one in pack.escorts],
        ],
        LIST: [[[str(n), one.full_name, one.class_label, year, "", ""] for n, one, year in lines]],
        ROUTE: [
            [
                ["Сбор", said["gathers_at"], said["gathers_where"]],
                ["Событие", said["hours"], f"{said['host']}, {said['venue']}"],
                ["Возвращение", said["back_at"], ""],
            ],
            [[one.name, one.job, "старший" if one.leads else "", ""] for one in pack.escorts],
        ],
        BRIEFING: [[[str(n), one.full_name, one.class_label, "", ""] for n, one, _year in lines]],
        JOURNAL: [
            [
                ["", one.full_name, year, one.class_label, "целевой", "", leader, "", ""]
                for _n, one, year in lines
            ]
        ],
        CONSENTS: [
            [
                [str(number), named[one.learner_id][1], *_answer(one)]
                for number, one in enumerate(answers, start=1)
            ]
        ],
    }


def _answer(one: Consent) -> list[str]:
    """Say who consented, when and how."""
    day = date_format(localtime(one.given_at), "d.m.Y")
    return [str(one.get_signed_by_display()), day, str(one.get_method_display())]


def _born(child: Learner) -> str:
    """Say the year of birth, only where it is kept."""
    return str(child.born_on.year if child.born_on else child.born_year or "")


def _cells(
    fields: dict[str, Any], name: str, rows: Sequence[Sequence[str]], width: int
) -> list[list[str]]:
    """Put the words of rows into ``fields``, which no brace of a name can disturb.

    A table without rows gets one to fill by hand.
    """
    table = []
    for line, row in enumerate(rows or [[""] * width]):
        keys = [f"{name}_{line}_{place}" for place in range(len(row))]
        fields |= dict(zip(keys, row, strict=True))
        table.append([f"{{{key}}}" for key in keys])
    return table


def _time(moment: Any) -> str:
    return time_format(moment, "H:i") if moment else "____:____"


def _small(job: str) -> str:
    """Write a job as inside a sentence, but leave an abbreviation alone."""
    return job if job[1:2].isupper() else job[:1].lower() + job[1:]
