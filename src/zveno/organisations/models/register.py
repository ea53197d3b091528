"""Territory and organisations: colleges, schools, kindergartens, methodical centres, employers."""

import re
import unicodedata
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Data, Questions, Record
from zveno.ui.keyboard import readings

SHORTEST_NUMBER = 10
SHORTEST_BEGINNING = 4


class TerritoryQuerySet(Questions["Territory"]):
    """Questions about territory."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all: territory is public."""
        return self.all()

    def within(self, key: UUID) -> Self:
        """Keep the place with this key and all that lies in it."""
        inner = Q(above__public_id=key) | Q(above__above__public_id=key)
        return self.filter(Q(public_id=key) | inner)

    def matching(self, words: str) -> Self:
        """Keep regions and districts whose name holds ``words``, what begins so first."""
        meant, begins = Q(), Q()
        for reading in filter(None, map(str.strip, readings(words))):
            meant |= Q(name__icontains=reading)
            begins |= Q(name__istartswith=reading)
        if not meant:
            return self.none()
        rank = models.Case(models.When(begins, then=0), default=1)
        places = self.filter(meant, above__isnull=False).select_related("above")
        return places.order_by(rank, "name", "pk")


class Territory(Record):
    """A country, a region or a district; each lies in the one above it."""

    DATA: ClassVar = {"kind": Data.PUBLIC, "name": Data.PUBLIC, "genitive": Data.PUBLIC}

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        REGION = "region", _("region")
        DISTRICT = "district", _("district")

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    genitive = models.CharField(max_length=200)
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")
    objects = TerritoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["above", "name"], name="territory_is_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(kind="country") ^ Q(above__isnull=False), name="only_a_country_is_top"
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def path(self) -> "list[Territory]":
        """Return what it lies in, the country first, and itself."""
        return [*(self.above.path() if self.above else []), self]


class OrganisationQuerySet(Questions["Organisation"]):
    """Questions about organisations."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network: the register is open; none for a stranger."""
        if actor.scope:
            return self.all()
        return self.filter(pk__in=actor.listed("organisations.Organisation"))

    def represented_by(self, actor: Actor) -> Self:
        """Keep those ``actor`` acts for."""
        return self.filter(pk__in=actor.scope)

    def with_inn(self, inn: str) -> Self:
        """Keep the one with this INN; none for an organisation without."""
        return self.filter(inn=inn).exclude(inn="")

    def found_by(self, words: str) -> Self:
        """Keep those whose name holds ``words``, or whose INN or OGRN they are."""
        key = name_key(words)
        if words.strip().isdigit() and len(words.strip()) >= SHORTEST_NUMBER:
            return self.filter(Q(inn=words.strip()) | Q(ogrn=words.strip()))
        return self.filter(name_key__contains=key) if key else self

    def matching(self, words: str) -> Self:
        """Keep those whose name holds all ``words`` or whose INN begins so, the likeliest first.

        «47» finds «Школа № 47» before «Школа № 147»; the wrong keyboard layout is understood.
        What exists no more is not offered.
        """
        meant, whole = Q(), Q()
        for key in filter(None, map(name_key, readings(words))):
            parts = key.split()
            meant |= Q(*[Q(name_key__contains=part) for part in parts])
            whole |= Q(*[Q(name_key__regex=rf"\m{part}\M") for part in parts])
        digits = "".join(words.split())
        if digits.isdecimal() and len(digits) >= SHORTEST_BEGINNING:
            meant |= Q(inn__startswith=digits)
        if not meant:
            return self.none()
        rank = models.Case(models.When(whole, then=0), default=1)
        return self.filter(meant, closed_on=None).order_by(rank, "name_key", "pk")

    def after(self, last: "Organisation | None") -> Self:
        """Put them in the order of names; begin behind ``last``."""
        rows = self
        if last:
            same = Q(name_key=last.name_key, pk__gt=last.pk)
            rows = self.filter(Q(name_key__gt=last.name_key) | same, name_key__gte=last.name_key)
        return rows.order_by("name_key", "pk")

    def named(self, name: str) -> Self:
        """Keep those with this name, however it is spaced, quoted or capitalised."""
        return self.filter(name_key=name_key(name))


class Organisation(Record):
    """An organisation of any kind.

    ``steward`` is the organisation that entered this one and answers for its data until a post of
    its own is accepted. ``name_key`` is the name folded for finding doubles. Kind, name, territory
    and ``closed_on`` say what holds today; ``Chapter`` says what held when. ``told_on`` is the day
    its contacts were last said.
    """

    DATA: ClassVar = {
        "name": Data.PUBLIC,
        "short_name": Data.PUBLIC,
        "kind": Data.PUBLIC,
        "inn": Data.PUBLIC,
        "kpp": Data.PUBLIC,
        "ogrn": Data.PUBLIC,
        "phone": Data.PUBLIC,
        "site": Data.PUBLIC,
        "address": Data.PUBLIC,
        "closed_on": Data.PUBLIC,
    }

    class Kind(models.TextChoices):
        COLLEGE = "college", _("college")
        METHODICAL_CENTRE = "methodical_centre", _("methodical centre")
        SCHOOL = "school", _("school")
        PRESCHOOL = "preschool", _("kindergarten")
        EXTRACURRICULAR_CENTRE = "extracurricular_centre", _("extracurricular centre")
        UNIVERSITY = "university", _("university")
        TECHNOPARK = "technopark", _("technopark for children")
        SECTOR_CENTRE = "sector_centre", _("sector methodical centre")
        ADVANCED_TRAINING_CENTRE = "advanced_training_centre", _("centre of advanced training")
        EMPLOYER = "employer", _("employer")
        EDUCATION_AUTHORITY = "education_authority", _("education authority")
        OTHER = "other", pgettext_lazy("kind of organisation", "other")

    kind = models.CharField(max_length=30, choices=Kind)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(max_length=300, db_index=True)
    inn = models.CharField(max_length=12, blank=True)
    kpp = models.CharField(max_length=9, blank=True)
    ogrn = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    site = models.URLField(blank=True)
    address = models.CharField(max_length=400, blank=True)
    told_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    steward = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inn"], condition=~Q(inn=""), name="organisation_inn_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(inn="") | Q(inn__regex=r"^(\d{10}|\d{12})$"),
                name="organisation_inn_has_10_or_12_digits",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="register_by_name"),
            models.Index(fields=["kind", "name_key", "id"], name="register_by_kind"),
            GinIndex(Said("name", "short_name"), name="organisation_said"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="organisation_alike"),
        ]

    def __str__(self) -> str:
        """Return the short name if there is one."""
        return self.short_name or self.name

    def home(self) -> int | None:
        """Return itself."""
        return self.pk

    @property
    def telephone(self) -> str:
        """The telephone number as people write it: +7 812 000-00-00."""
        return re.sub(r"^\+7(\d{3})(\d{3})(\d\d)(\d\d)", r"+7 \1 \2-\3-\4", self.phone)

    @property
    def takes_children(self) -> bool:
        """Whether it has learners of its own to send to events."""
        return self.kind in {
            self.Kind.SCHOOL,
            self.Kind.PRESCHOOL,
            self.Kind.EXTRACURRICULAR_CENTRE,
            self.Kind.TECHNOPARK,
            self.Kind.COLLEGE,
        }


KINDS = {
    Organisation.Kind.COLLEGE: _("Colleges"),
    Organisation.Kind.METHODICAL_CENTRE: _("Methodical centres"),
    Organisation.Kind.SCHOOL: _("Schools"),
    Organisation.Kind.PRESCHOOL: _("Kindergartens"),
    Organisation.Kind.EXTRACURRICULAR_CENTRE: _("After-school centres"),
    Organisation.Kind.UNIVERSITY: _("Universities"),
    Organisation.Kind.TECHNOPARK: _("Technoparks"),
    Organisation.Kind.SECTOR_CENTRE: _("Sector centres"),
    Organisation.Kind.ADVANCED_TRAINING_CENTRE: _("Centres of advanced training"),
    Organisation.Kind.EMPLOYER: _("Employers"),
    Organisation.Kind.EDUCATION_AUTHORITY: _("Authorities"),
    Organisation.Kind.OTHER: pgettext_lazy("organisations", "Others"),
}
"""Organisations of each kind, as a heading or a filter names them."""


def name_key(name: str) -> str:
    """Fold a name to what it is compared by: its words, without case, ё, quotes or hyphens."""
    small = unicodedata.normalize("NFC", name).casefold().replace("ё", "е")
    return " ".join(re.findall(r"\w+", small))[:300]


_ASIDE = re.compile(r"\s*\([^()]*\)")
_LEGAL_FORM = re.compile(r"^[А-ЯЁ]{2,}У\s+(?:Д?П?О\s+)?")
_OWN_NAME = re.compile(r"«(.+)»")
_UP_TO_NUMBER = re.compile(r".*?№\s*\d+")
_SHORT = 100


def shortened(name: str) -> str:
    """Shorten a full name for tight places: «ГБОУ СОШ № 5 (пример)» becomes «СОШ № 5».

    The legal form and what follows the number go; without a number the name in quotes stays.
    """
    text = _LEGAL_FORM.sub("", _ASIDE.sub("", name).strip())
    numbered, own = _UP_TO_NUMBER.match(text), _OWN_NAME.search(text)
    if numbered:
        text = numbered[0]
    elif own:
        text = own[1]
    text = text.strip() or name
    return (text[0].upper() + text[1:])[:_SHORT]
