"""What every record has; the journal and its seals."""

import hashlib
import hmac
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.encoding import force_str

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound


class Data(StrEnum):
    """Classes of data: export, masking, retention and erasure derive from them.

    ``PUBLIC`` anybody may see; ``WORK`` those who work in the network; ``PERSONAL`` says something
    about a person and stands behind row-level security; ``SEALED`` is shown to nobody as it is
    (secrets, hashes of secrets, texts with links).
    """

    PUBLIC = "public"
    WORK = "work"
    PERSONAL = "personal"
    SEALED = "sealed"


class Record(models.Model):
    """A row with a random public id, the only one that leaves the house.

    ``DATA`` names the class of each field that is not ``Data.WORK``. ``PSEUDONYMOUS`` records are
    named in the journal by a keyed pseudonym, so that erasing the record forgets it there too.
    """

    DATA: ClassVar[dict[str, Data]] = {}
    PSEUDONYMOUS: ClassVar[bool] = False

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def class_of(cls, field: str) -> Data:
        """Return the class of data that ``field`` holds."""
        return cls.DATA.get(field, Data.WORK)

    @property
    def journal_key(self) -> str:
        """Name this record in the journal: its key, or a pseudonym of it."""
        return journal_key(type(self), self.pk)

    def home(self) -> int | None:
        """Return the key of the organisation this record belongs to, if it belongs to one."""
        return None

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> Any:  # noqa: N802 - Django's name
        """Return the words for a choice, like Django, which makes all choices anew for each row."""
        value = getattr(self, field.attname)
        return force_str(_words(field).get(value, value), strings_only=True)

    def told(self, after: UUID | None, most: int) -> "list[Entry]":
        """Return what the journal tells of this record, whoever did it: for its own house.

        Pages that showed it stand there beside what was done to it.
        """
        done = models.Q(target_kind=self._meta.label, target_key=self.journal_key)
        seen = models.Q(details__contains={"seen": [self.journal_key]})
        about = models.Q(details__contains={"about": [str(self.public_id)]})
        shown = models.Q(details__has_key="seen") & (seen | about)
        return list(Entry.objects.filter(done | shown).newest(after)[:most])


@cache
def _words(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    return dict(field.flatchoices)


def journal_key(kind: type[models.Model], key: Any) -> str:
    """Name a record of ``kind`` in the journal without needing the row."""
    if not getattr(kind, "PSEUDONYMOUS", False):
        return str(key)
    text = f"{kind._meta.label}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()[:32]


AnyRecord = TypeVar("AnyRecord", bound=models.Model)


class Questions(models.QuerySet[AnyRecord]):
    """Base of every queryset. Each room answers ``visible_to`` without joins that repeat rows."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what ``actor`` may see."""
        raise NotImplementedError

    def pick(self, public_id: UUID) -> AnyRecord:
        """Return the record with this public id; raise ``NotFound`` if it is not here."""
        for record in self.filter(public_id=public_id)[:1]:
            return record
        raise NotFound

    def pick_visible(self, actor: Actor, public_id: UUID) -> AnyRecord:
        """Return the record with this public id if ``actor`` may see it; raise ``NotFound``."""
        return self.visible_to(actor).pick(public_id)


class EntryQuerySet(Questions["Entry"]):
    """Questions about the journal."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what was done in the name of the organisations in the scope."""
        return self.filter(organisation__in=actor.scope)

    def newest(self, after: UUID | None = None) -> Self:
        """Order the newest first, from the one after the entry with that public id on."""
        rows = self.order_by("-at", "-pk")
        for last in Entry.objects.filter(public_id=after).values("at", "pk") if after else ():
            older = models.Q(at__lt=last["at"]) | models.Q(at=last["at"], pk__lt=last["pk"])
            return rows.filter(older, at__lte=last["at"])
        return rows

    def unsealed(self) -> Self:
        """Keep entries no seal covers yet, oldest first."""
        sealed = Seal.objects.filter(entry=models.OuterRef("public_id"))
        return self.filter(~models.Exists(sealed)).order_by("pk")


class Entry(Record):
    """One change: keys, never values or foreign keys, so that it outlives what it describes.

    ``details`` maps each detail of the verb to a key if it was a record, else to nothing; a page
    that showed children (``kernel.reads``) lists their keys there. ``parent`` is the public id of
    the entry whose consequence this is. The role that serves requests can add entries and read
    them, and nothing else.
    """

    verb = models.CharField(max_length=80)
    actor_key = models.CharField(max_length=40, blank=True)
    means = models.CharField(max_length=20)
    organisation = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=80)
    target_key = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    created_kind = models.CharField(max_length=80, blank=True)
    created_key = models.CharField(max_length=40, blank=True)
    parent = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target_kind", "target_key"]),
            models.Index(fields=["at", "id"], name="journal_by_time"),
            models.Index(fields=["actor_key", "at"], name="journal_by_actor"),
            models.Index(fields=["organisation", "at"], name="journal_by_organisation"),
            models.Index(fields=["verb", "at"], name="journal_by_verb"),
            GinIndex(
                fields=["details"],
                opclasses=["jsonb_path_ops"],
                condition=models.Q(details__has_key="seen"),
                name="journal_of_reads",
            ),
        ]

    def __str__(self) -> str:
        """Name the change by its verb and its target."""
        return f"{self.verb} {self.target_kind}#{self.target_key}"


class SealQuerySet(Questions["Seal"]):
    """Questions about seals."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network: a seal says nothing but that it holds."""
        return self.all() if actor.scope else self.none()


class Seal(Record):
    """A link of the chain: ``mark`` is SHA-256 of the mark before and of the entry.

    Written by the worker in the order in which it found the entries committed.
    """

    place = models.BigIntegerField(unique=True)
    entry = models.UUIDField(unique=True)
    mark = models.CharField(max_length=64)
    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(place__gte=1), name="seal_has_a_place"),
        ]

    def __str__(self) -> str:
        """Name the seal by its place."""
        return f"{self.place}: {self.mark[:12]}"
