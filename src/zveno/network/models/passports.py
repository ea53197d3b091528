"""The passport of a cluster: a paper of what it is on a day."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from zveno.documents.models import Paper
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.agreements import Agreement
from zveno.network.models.calendars import Season, academic_year, usual_seasons
from zveno.network.models.clusters import Cluster, Role, joined_by
from zveno.network.models.results import FEWEST_TOLD, Result
from zveno.network.models.wording import in_words

Rows = list[tuple[str, ...]]


class PrintedPassportQuerySet(Questions["PrintedPassport"]):
    """Questions about printed passports."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the clusters the scope leads or belongs to."""
        return self.filter(joined_by(actor, "cluster__"))


class PrintedPassport(Record):
    """What a cluster was when its passport was printed; the files do not change."""

    DATA: ClassVar = {"printed_at": Data.WORK}

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="passports")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=clock.now)
    objects = PrintedPassportQuerySet.as_manager()

    def __str__(self) -> str:
        """Say of which day it is."""
        return in_words(timezone.localdate(self.printed_at))

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.cluster.base_id


@cache
def _form() -> dict[str, Any]:
    """Return the wording of a passport."""
    text = files("zveno.network").joinpath("data", "passport.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def passport_of(cluster: Cluster) -> dict[str, Any]:
    """Put the wording and what is known of a cluster today together, as the engine reads it."""
    form = dict(_form())
    none = form.pop("none")
    tables = {
        "members": _members(cluster),
        "agreements": _agreements(cluster),
        "seasons": _seasons(cluster),
        "results": _results(cluster),
    }
    cells: dict[str, str] = {}
    sections = [_filled(section, tables, cells, none) for section in form["sections"]]
    facts = {name: value or none for name, value in _facts(cluster, tables).items()}
    return form | {"sections": sections, "fields": facts | cells}


def _facts(cluster: Cluster, tables: Mapping[str, Rows]) -> dict[str, str]:
    year, today = academic_year(clock.today()), clock.today()
    live = cluster.memberships.live().select_related("organisation")
    operator = live.filter(role=Role.METHODICAL_OPERATOR).first()
    return {
        "name": cluster.name,
        "kind": str(cluster.get_kind_display()),
        "sector": cluster.sector_name if cluster.sector else "",
        "territory": str(cluster.territory),
        "base": cluster.base.name,
        "operator": operator.organisation.name if operator else "",
        "founded": in_words(cluster.founded_on),
        "aim": cluster.aim.rstrip(". "),
        "members_count": str(len(tables["members"])),
        "year": f"{year}/{year + 1}",
        "day": in_words(today),
    }


def _filled(
    section: Mapping[str, Any], tables: Mapping[str, Rows], cells: dict[str, str], none: str
) -> dict[str, Any]:
    """Put the rows of a section's table into ``cells``, which no brace of a name can disturb."""
    clauses = []
    for clause in section["clauses"]:
        table = clause.get("table")
        if table:
            kind, width = table["rows"], len(table["header"])
            rows = tables[kind] or [(none, *["—"] * (width - 1))]
            names = [[f"{kind}_{n}_{k}" for k in range(width)] for n in range(len(rows))]
            cells |= dict(zip(_flat(names), _flat(rows), strict=True))
            put = [[f"{{{name}}}" for name in row] for row in names]
            clauses.append(clause | {"table": table | {"rows": put}})
        else:
            clauses.append(clause)
    return {**section, "clauses": clauses}


def _flat(rows: Iterable[Iterable[str]]) -> list[str]:
    return [cell for row in rows for cell in row]


def _members(cluster: Cluster) -> Rows:
    live = cluster.memberships.live().base_first().select_related("organisation")
    return [
        (
            one.organisation.name,
            str(one.get_role_display()),
            _day(timezone.localdate(one.since)),
        )
        for one in live
    ]


def _agreements(cluster: Cluster) -> Rows:
    signed = Agreement.objects.filter(cluster=cluster, number__isnull=False)
    return [
        (
            one.title,
            one.number.printed if one.number else "—",
            _day(timezone.localdate(one.in_force_at)) if one.in_force_at else "—",
            _day(one.last_day),
        )
        for one in signed.select_related("number__book").order_by("in_force_at", "pk")
    ]


def _seasons(cluster: Cluster) -> Rows:
    year = academic_year(clock.today())
    kept = list(Season.objects.filter(cluster=cluster, year=year).order_by("begins"))
    return [(one.name, _day(one.begins), _day(one.ends)) for one in (kept or usual_seasons(year))]


def _results(cluster: Cluster) -> Rows:
    return [
        (str(one), str(one.events), _told(one), str(one.agreements))
        for one in Result.objects.filter(cluster=cluster).eventful()
    ]


def _told(one: Result) -> str:
    return f"< {FEWEST_TOLD}" if one.told_visits is None else str(one.told_visits)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
