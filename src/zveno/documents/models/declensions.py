"""How names and posts are written in cases: what an organisation said, and the usual posts."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Double, Organisation

CASES = ("genitive", "dative", "instrumental")
LONGEST = 400
Said = tuple[str, str]
"""A kind and the words in the nominative."""


def tidy(kind: str, text: str) -> str:
    """Return the words as they are looked up: a post is written small inside a sentence."""
    words = " ".join(text.split())
    if kind != Declension.Kind.POST or words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]


class DeclensionQuerySet(Questions["Declension"]):
    """Questions about words in cases."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope has said."""
        return self.filter(owner__in=actor.scope)

    def said_by(self, owner: Organisation) -> Self:
        """Keep those of one organisation, by kind and word."""
        return self.filter(owner=owner).order_by("kind", "text")


class Declension(Record):
    """How a name or a post is written in cases, as somebody of ``owner`` typed it; it wins.

    A case nobody has typed is empty and left to ``engines.names``.
    """

    DATA: ClassVar = dict.fromkeys(("text", *CASES), Data.PERSONAL)
    DOUBLE: ClassVar = Double.YIELDS

    class Kind(models.TextChoices):
        POST = "post", _("post")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        BASIS = "basis", _("basis of authority")

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="declensions")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=LONGEST)
    genitive = models.CharField(max_length=LONGEST, blank=True)
    dative = models.CharField(max_length=LONGEST, blank=True)
    instrumental = models.CharField(max_length=LONGEST, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    objects = DeclensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "text"], name="words_are_said_once"),
            models.CheckConstraint(
                condition=~Q(genitive="", dative="", instrumental=""), name="some_case_is_said"
            ),
        ]

    def __str__(self) -> str:
        """Name the kind: the words may tell of a person."""
        return self.get_kind_display()

    def home(self) -> int | None:
        """Return the organisation that said it."""
        return self.owner_id

    @property
    def forms(self) -> dict[str, str]:
        """Return the cases that were typed."""
        return {case: getattr(self, case) for case in CASES if getattr(self, case)}


@cache
def usual_posts() -> Mapping[str, Mapping[str, str]]:
    """Return the posts that are usual in education, each written out in ``CASES`` by hand."""
    text = files("zveno.documents").joinpath("data", "posts.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(map(_usual, lines))


def _usual(line: str) -> tuple[str, dict[str, str]]:
    post, *forms, tail = (cell.strip() for cell in line.split("|"))
    return f"{post} {tail}".strip(), {
        case: f"{form} {tail}".strip() for case, form in zip(CASES, forms, strict=True)
    }


def remembered(owner: int, words: Iterable[Said]) -> dict[Said, Mapping[str, str]]:
    """Return how ``words`` are written in cases: as ``owner`` said, else as usual posts are.

    Words nobody has said anything about are left out.
    """
    asked = {(kind, text): (kind, tidy(kind, text)) for kind, text in words if text}
    usual = {
        key: usual_posts()[text]
        for key, (kind, text) in asked.items()
        if kind == Declension.Kind.POST and text in usual_posts()
    }
    rows = Declension.objects.filter(owner=owner, text__in={text for _kind, text in asked.values()})
    said = {(row.kind, row.text): row.forms for row in rows}
    own = {key: said[found] for key, found in asked.items() if found in said}
    return usual | {key: dict(usual.get(key, {})) | forms for key, forms in own.items()}
