"""Notices: what has to be decided, what has changed, what is good to know; and who hears how."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial, wraps
from typing import ClassVar, ParamSpec, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.kernel.walls import scoped
from zveno.people.models.persons import Account, Person, Post, rights_of

AT_ONCE = timedelta(hours=24)
"""What has to be decided within this time is told at once."""
MORNING = time(8)
P = ParamSpec("P")


class NoticeQuerySet(Questions["Notice"]):
    """Questions about notices."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own, and all for Zveno itself."""
        if actor.is_system():
            return self.all()
        return self.none() if actor.person is None else self.filter(person=actor.person)

    def unread(self) -> Self:
        """Keep those not opened yet."""
        return self.filter(read_at=None)

    def newest(self) -> Self:
        """Order: unread first, then the newest."""
        return self.order_by(models.F("read_at").desc(nulls_first=True), "-written_at", "pk")

    def untold(self) -> Self:
        """Keep those no channel has carried yet, oldest first."""
        return self.filter(told_at=None).order_by("written_at")


class Notice(Record):
    """Something a person is told, written in the transaction that causes it.

    ``url`` is an address of ours with ``button`` for its words; ``due`` says by when to decide;
    ``about`` names the record, for taking it back. ``told_at`` is when the channels carried it.
    The words are the house's; ``others`` says the same in each other language of the pages.
    """

    class Kind(models.TextChoices):
        DECIDE = "decide", _("Needs a decision")
        CHANGED = "changed", _("Changed")
        KNOWN = "known", _("Good to know")

    DATA: ClassVar = {"title": Data.PERSONAL, "text": Data.PERSONAL, "others": Data.PERSONAL}

    # Its own key, so that nothing has to be read back by whoever writes it for somebody else.
    public_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    text = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=300)
    button = models.CharField(max_length=60)
    others = models.JSONField(default=dict)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    due = models.DateTimeField(null=True)
    written_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "written_at"], name="notices_of_a_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=["written_at"], condition=Q(told_at=None), name="notices_untold"),
        ]

    def __str__(self) -> str:
        """Say nothing of what it tells: this may reach a log."""
        return "notice"

    @property
    def words(self) -> dict[str, str]:
        """Return title, text and button in the language of who reads."""
        house = {"title": self.title, "text": self.text, "button": self.button}
        other: dict[str, str] = self.others.get(translation.get_language(), {})
        return house | other

    @property
    def is_urgent(self) -> bool:
        """Whether it has to be decided so soon that it is told at once."""
        soon = self.due is not None and self.due <= clock.now() + AT_ONCE
        return soon and self.kind == self.Kind.DECIDE


class HearingQuerySet(Questions["Hearing"]):
    """Questions about how people hear of things."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own, and all for Zveno itself."""
        return self.all() if actor.is_system() else self.filter(person=actor.person or 0)


def by_all_channels() -> list[str]:
    """Return the keys of all channels: what somebody hears by who has not chosen."""
    return [*settings.ZVENO_CHANNELS]


class Hearing(models.Model):
    """How somebody hears of things: by which channels each kind, and where they are at 8:00."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="hearing")
    zone = models.CharField(max_length=40, blank=True)
    decide = models.JSONField(default=by_all_channels)
    changed = models.JSONField(default=by_all_channels)
    objects = HearingQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its key."""
        return str(self.pk)

    def channels(self, kind: str) -> list[str]:
        """Return by which channels notices of a kind come."""
        wanted = {Notice.Kind.DECIDE: self.decide, Notice.Kind.CHANGED: self.changed}
        return [key for key in wanted.get(Notice.Kind(kind), []) if key in settings.ZVENO_CHANNELS]

    @property
    def last_morning(self) -> datetime | None:
        """Return 8:00 of today where the person is; nothing before it."""
        here = clock.now().astimezone(ZoneInfo(self.zone or settings.TIME_ZONE))
        morning = datetime.combine(here.date(), MORNING, here.tzinfo)
        return morning if here >= morning else None

    def is_due(self, notice: Notice) -> bool:
        """Whether ``notice`` is to be told now: it is urgent, or was there this morning."""
        morning = self.last_morning
        return notice.is_urgent or (morning is not None and notice.written_at <= morning)


@dataclass(frozen=True, slots=True)
class Note:
    """What to tell; see ``Notice``."""

    kind: Notice.Kind
    title: str
    url: str
    button: str
    text: str = ""
    about: str = ""
    due: datetime | None = None


Telling = Callable[[], Note]
"""Makes a note in the language that is spoken when it is called."""


def in_each_language(make: Callable[P, Note]) -> Callable[P, Telling]:
    """Let a function that makes a note be called once for each language its readers may use."""

    @wraps(make)
    def telling(*args: P.args, **details: P.kwargs) -> Telling:
        return partial(make, *args, **details)

    return telling


def notify(
    actor: Actor, telling: Telling, organisations: Collection[int], roles: Collection[str]
) -> None:
    """Tell all who hold one of ``roles`` in ``organisations`` and can sign in, but ``actor``.

    Nothing is mailed here: the worker does that. What is only good to know it never mails.
    """
    _note(telling, [person for person in _who(organisations, roles) if person != actor.person])


def tell_person(person: int, telling: Telling) -> None:
    """Tell one person, by key."""
    _note(telling, [person])


def _note(telling: Telling, persons: Sequence[int]) -> None:
    moment = clock.now()
    said = {code: _say(telling, code) for code, _name in settings.LANGUAGES}
    note = said.pop(settings.LANGUAGE_CODE)
    others = {code: _words(other) for code, other in said.items()}
    told = moment if note.kind is Notice.Kind.KNOWN else None
    Notice.objects.bulk_create(
        Notice(
            person_id=person,
            kind=note.kind,
            **_words(note),
            others=others,
            url=note.url,
            about=note.about,
            due=note.due,
            written_at=moment,
            told_at=told,
        )
        for person in persons
    )


def _say(telling: Telling, language: str) -> Note:
    with translation.override(language):
        return telling()


def _words(note: Note) -> dict[str, str]:
    return {"title": note.title[:300], "text": note.text[:500], "button": note.button}


def settle(about: str) -> None:
    """Let nobody be told any more of something about a record: it is decided, or taken back."""
    moment = clock.now()
    with scoped(SYSTEM):
        Notice.objects.filter(about=about, read_at=None).update(read_at=moment, told_at=moment)


def told_about(abouts: Collection[str], since: datetime) -> dict[str, datetime | None]:
    """Return of which records people were told since a moment, and when the first read it.

    Whoever told may ask; the notices themselves are read by nobody but those they are for.
    """
    with scoped(SYSTEM):
        told = Notice.objects.filter(about__in=abouts, written_at__gte=since)
        return dict(told.values_list("about").annotate(models.Min("read_at")))


def _who(organisations: Collection[int], roles: Collection[str]) -> Iterator[int]:
    wanted = [role for role in Post.Role.values if rights_of(role) & {*roles}]
    posts = Post.objects.live().filter(organisation__in=organisations, role__in=wanted)
    accounts = Account.objects.filter(is_active=True, person_id__in=posts.values("person_id"))
    yield from filter(None, accounts.order_by("person_id").values_list("person_id", flat=True))
