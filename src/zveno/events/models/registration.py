"""Seats of an event: how many, who may take them, and when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from zveno.kernel import clock
from zveno.kernel.models import Record


class Registration(Record):
    """The part of an event that groups register by.

    Moments are told in ``time_zone``. ``capacity``, ``taken`` and ``queued`` (on the waiting
    list) count children. Groups register from ``opens_at`` to ``closes_at`` (empty: from the
    announcement to the end), each of at most ``most`` children, members of the cluster alone
    until ``members_until``: till then ``kept`` of the seats nobody has taken are kept for some of
    them. Lists are due ``list_by``.

    Families come by themselves to an event that is ``for_families``, on seats of their own: of
    ``families_seats`` so many ``families`` are taken, ``families_came`` counts who came. All three
    count people. Those who have a ticket keep it when no more are given out.
    """

    CONSTRAINTS: ClassVar = [
        models.CheckConstraint(condition=Q(capacity__gte=1), name="event_has_seats"),
        models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="event_not_over"),
        models.CheckConstraint(
            condition=Q(kept__lte=F("capacity") - F("taken")), name="kept_seats_are_free"
        ),
        models.CheckConstraint(condition=Q(most=None) | Q(most__gte=1), name="most_is_some"),
        models.CheckConstraint(
            condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
            name="registration_has_length",
        ),
        models.CheckConstraint(
            condition=Q(families__lte=F("families_seats")), name="families_have_seats"
        ),
        models.CheckConstraint(
            condition=Q(families_came__lte=F("families")), name="families_came_with_tickets"
        ),
        models.CheckConstraint(
            condition=Q(for_families=False) | Q(families_seats__gte=1),
            name="families_are_invited_to_seats",
        ),
    ]

    time_zone = models.CharField(max_length=40, default="Europe/Moscow")
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    kept = models.PositiveSmallIntegerField(default=0, db_default=0)
    most = models.PositiveSmallIntegerField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    members_until = models.DateTimeField(null=True)
    list_by = models.DateTimeField(null=True)
    answered = models.PositiveIntegerField(default=0, db_default=0)
    for_families = models.BooleanField(default=False, db_default=False)
    families_seats = models.PositiveSmallIntegerField(default=0, db_default=0)
    families = models.PositiveSmallIntegerField(default=0, db_default=0)
    families_came = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True

    @property
    def free(self) -> int:
        """Seats that anybody may take."""
        return self.capacity - self.taken - self.kept

    @property
    def left_for_families(self) -> int:
        """Seats that families may take."""
        return self.families_seats - self.families

    @property
    def begins_later(self) -> bool:
        """Whether registration is still to begin."""
        return self.opens_at is not None and clock.now() < self.opens_at

    @property
    def opens_in(self) -> int:
        """Seconds until registration begins, as the page counts them down."""
        left = self.opens_at - clock.now() if self.opens_at else timedelta()
        return max(0, ceil(left.total_seconds()))

    @property
    def is_closed(self) -> bool:
        """Whether registration was ended by a moment, before the event."""
        return self.closes_at is not None and self.closes_at <= clock.now()

    @property
    def is_members_first(self) -> bool:
        """Whether only members of the cluster may register now."""
        return self.members_until is not None and clock.now() < self.members_until

    def in_words(self, moment: datetime) -> str:
        """Tell a moment as people at the place of the event read it."""
        return date_format(moment.astimezone(ZoneInfo(self.time_zone)), "j E Y, H:i")

    def terms(self) -> Iterator[str]:
        """Tell what whoever registers has to know, a sentence each."""
        if self.opens_at and self.begins_later:
            opens = self.in_words(self.opens_at)
            yield gettext("Registration opens on %(opens)s.") % {"opens": opens}
        if self.closes_at and self.is_closed:
            yield gettext("Registration is closed.")
        elif self.closes_at:
            closes = self.in_words(self.closes_at)
            yield gettext("Registration closes on %(closes)s.") % {"closes": closes}
        if self.members_until and self.is_members_first:
            until = self.in_words(self.members_until)
            yield gettext("Only members of the cluster register until %(until)s.") % {
                "until": until
            }
        if self.most:
            yield ngettext(
                "One organisation may send up to %(most)s child.",
                "One organisation may send up to %(most)s children.",
                self.most,
            ) % {"most": self.most}
        if self.list_by:
            yield gettext("Lists are due by %(due)s; then the seats pass to others.") % {
                "due": self.in_words(self.list_by)
            }
