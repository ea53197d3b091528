"""Acts of destruction: who destroyed what of whom, when and why; names are gone with the rest."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from importlib.resources import files
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from zveno.documents.models import Paper, StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Data, Letter, Questions, Record
from zveno.kernel.walls import scoped
from zveno.learners.models.children import Learner
from zveno.learners.models.erasing import REASONS, among, forgets
from zveno.learners.models.guardians import Guardian
from zveno.learners.models.retention import CATEGORIES, kept
from zveno.learners.models.subject import TOLD, relations_of_a_child
from zveno.organisations.models import Organisation

FORM = "destruction.2026-11.ru.json"


class DestructionQuerySet(Questions["Destruction"]):
    """Questions about acts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the scope's own."""
        return self.filter(owner__in=actor.scope)

    def latest_first(self) -> Self:
        """Put the newest first, each with its files but not their bytes."""
        related = ("paper__pdf", "paper__docx", "log")
        without = ("paper__pdf__data", "paper__docx__data", "log__data")
        return self.select_related(*related).defer(*without).order_by("-pk")


class Destruction(Record):
    """An act of destruction (order 179 of Roskomnadzor) with an extract of the journal.

    ``children`` are the keys the erased had and their classes, no name; ``counts`` rows by kind.
    ``entry`` names the line of the journal; ``who`` is the name and post of that day. Kept three
    years, then gone with its files.
    """

    DATA: ClassVar = {"who": Data.PERSONAL}

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    who = models.CharField(max_length=500)
    why = models.CharField(max_length=40)
    children = models.JSONField()
    counts = models.JSONField(default=dict)
    entry = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    log = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    objects = DestructionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "at"], name="acts_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=~(Q(paper=None) ^ Q(log=None)), name="act_comes_with_its_extract"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing but when."""
        return f"{self.at:%Y-%m-%d}"

    def home(self) -> int | None:
        """Return the organisation whose data they were."""
        return self.owner_id

    @property
    def number(self) -> int:
        """How many children were erased."""
        return len(self.children)

    @property
    def reason(self) -> str:
        """Why, in words."""
        if self.why in CATEGORIES:
            return CATEGORIES[self.why].term.source
        return str(REASONS.get(self.why, self.why))


def drop_acts(rows: "models.QuerySet[Destruction]") -> tuple[int, dict[str, int]]:
    """Erase acts whose time is over, with the files drawn of them."""
    acts = list(rows.select_related("paper"))
    shown = [key for act in acts for key in (_files_of(act))]
    gone = rows.model._default_manager.filter(pk__in=[act.pk for act in acts]).delete()
    Paper.objects.filter(pk__in=[act.paper_id for act in acts if act.paper_id]).delete()
    StoredFile.objects.filter(pk__in=shown).delete()
    return gone


def _files_of(act: Destruction) -> list[int]:
    drawn = [act.paper.pdf_id, act.paper.docx_id] if act.paper else []
    return [key for key in [*drawn, act.log_id] if key]


@kept("destruction_acts", owner="owner", erase=drop_acts)
def _acts(before: datetime) -> "models.QuerySet[Any]":
    return Destruction.objects.filter(at__lt=before)


@forgets
def _letters_home(learners: Collection[int]) -> dict[str, int]:
    """Erase letters to addresses of parents who are nobody else's parents here."""
    at_home = Guardian.objects.exclude(email="")
    here = at_home.filter(learner__in=among(learners)).values("email")
    elsewhere = at_home.exclude(learner__in=among(learners)).values("email")
    return Letter.objects.filter(to__in=here).exclude(to__in=elsewhere).delete()[1]


def what_would_go(learners: Collection[int]) -> list[tuple[str, int]]:
    """Count what would go with children (keys), by kind in words: in every house, numbers only."""
    with scoped(SYSTEM):
        counts = {Learner._meta.label: len(learners)}
        for column in relations_of_a_child():
            rows = column.model._default_manager.filter(**{f"{column.name}__in": learners})
            counts[column.model._meta.label] = rows.count()
    return in_words(counts)


def choices_of(owner: Organisation) -> list[tuple[str, str, int]]:
    """Return the classes and groups of an organisation: key, name, how many children."""
    rows = Learner.objects.filter(owner=owner).values_list("first_year", "letter")
    found = rows.annotate(number=models.Count("pk")).order_by("first_year", "letter")
    return [
        (f"{year or 'none'}-{letter}", Learner(first_year=year, letter=letter).class_label, number)
        for year, letter, number in found
    ]


def in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Say which kinds of rows there were; kinds nobody has words for count as others."""
    told: dict[str, int] = {}
    for label, number in counts.items():
        title = str(TOLD[label][0]) if label in TOLD else gettext("Other records")
        told[title] = told.get(title, 0) + number
    return [(title, number) for title, number in told.items() if number]


def act_of(act: Destruction) -> dict[str, Any]:
    """Put wording and facts of an act together, as the engine of papers reads it."""
    text = files("zveno.learners").joinpath("data", FORM).read_text("utf-8")
    form: dict[str, Any] = json.loads(text)
    fields = _facts(act)
    what = form["sections"][0]["clauses"]
    what[0]["table"]["rows"] = _cells(
        fields,
        "c",
        ([str(n), one["key"], one["class"]] for n, one in enumerate(act.children, start=1)),
    )
    what[1]["table"]["rows"] = _cells(
        fields, "k", ([title, str(number)] for title, number in in_words(act.counts))
    )
    return form | {"fields": fields}


def _facts(act: Destruction) -> dict[str, str]:
    return {
        "operator": act.owner.name,
        "address": act.owner.address or "—",
        "place": act.owner.territory.name if act.owner.territory else "—",
        "date": f"{localtime(act.at):%d.%m.%Y}",
        "who": act.who,
        "number": str(act.number),
        "system": settings.ADDRESS,
        "why": act.reason,
        "moment": date_format(localtime(act.at), "j E Y, H:i"),
    }


def _cells(fields: dict[str, str], name: str, rows: Iterable[list[str]]) -> list[list[str]]:
    """Put the words of rows into ``fields``, which no brace of a name can disturb."""
    table = []
    for line, row in enumerate(rows):
        keys = [f"{name}{line}_{place}" for place in range(len(row))]
        fields |= dict(zip(keys, [cell or "—" for cell in row], strict=True))
        table.append([f"{{{key}}}" for key in keys])
    return table
