"""What programs may be told of, and how the journal says that it has happened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.events.models import Batch, Event, Group, Place
from zveno.kernel.models import Entry
from zveno.network.models import Agreement, MemberList, Party
from zveno.plan.models import PlanItem


class Kind(models.TextChoices):
    """What can happen; the first word names the record it happens to."""

    MEMBERS_ACCEPTED = "member_list.accepted", _("Members were accepted from a table")
    AGREEMENT_SENT = "agreement.sent", _("An agreement was sent for signature")
    PARTY_SIGNED = "party.signed", _("A party signed an agreement")
    AGREEMENT_IN_FORCE = "agreement.in_force", _("An agreement came into force")
    ITEM_PLANNED = "plan_item.planned", _("An obligation was added to the plan")
    ITEM_DATED = "plan_item.dated", _("A plan item got a date or a new date")
    ITEM_DONE = "plan_item.done", _("A plan item was completed")
    EVENT_ANNOUNCED = "event.announced", _("An event was announced")
    EVENT_CANCELLED = "event.cancelled", _("An event was cancelled")
    EVENT_MOVED = "event.moved", _("An event was moved")
    EVENT_HELD = "event.held", _("An event was closed")
    GROUP_REGISTERED = "group.registered", _("A school reserved seats")
    GROUP_WAITING = "group.waiting", _("A school joined the waiting list")
    GROUP_LISTED = "group.listed", _("A school sent its class list")
    GROUP_GIVEN_BACK = "group.given_back", _("A school released its seats")
    CHECKED_IN = "place.checked_in", _("A child was checked in")
    CHECK_IN_UNDONE = "place.check_in_undone", _("A check-in was undone")
    BATCH_ISSUED = "batch.issued", _("Certificates were issued")
    BATCH_UNDONE = "batch.undone", _("Certificates were voided")

    @property
    def subject(self) -> str:
        """Return the word for the record it happens to."""
        return self.value.partition(".")[0]


SUBJECTS: Mapping[str, tuple[type[Any], str]] = {
    "member_list": (MemberList, "member-lists"),
    "agreement": (Agreement, "agreements"),
    "party": (Party, "parties"),
    "plan_item": (PlanItem, "plan-items"),
    "event": (Event, "events"),
    "group": (Group, "groups"),
    "place": (Place, "places"),
    "batch": (Batch, "batches"),
}
"""The record that each word means, and where the API shows it."""
SIGNING = (
    *("network.sign_by_scan", "network.file_scan"),
    *("network.sign_by_file", "network.sign_in_zveno"),
)
TARGETS: Mapping[str, Kind] = {
    "network.accept_members": Kind.MEMBERS_ACCEPTED,
    "network.send_agreement": Kind.AGREEMENT_SENT,
    **dict.fromkeys(SIGNING, Kind.PARTY_SIGNED),
    "plan.date_item": Kind.ITEM_DATED,
    "plan.mark_done": Kind.ITEM_DONE,
    "events.announce": Kind.EVENT_ANNOUNCED,
    "events.cancel_event": Kind.EVENT_CANCELLED,
    "events.move_event": Kind.EVENT_MOVED,
    "events.hold_event": Kind.EVENT_HELD,
    "events.list_children": Kind.GROUP_LISTED,
    **dict.fromkeys(
        ("events.give_back", "events.end_offer", "events.release_late"), Kind.GROUP_GIVEN_BACK
    ),
    "events.check_in": Kind.CHECKED_IN,
    "events.undo_check_in": Kind.CHECK_IN_UNDONE,
    "events.undo_issue": Kind.BATCH_UNDONE,
}
"""Verbs that happen to their target."""
MADE: Mapping[str, Kind] = {
    "plan.plan_obligation": Kind.ITEM_PLANNED,
    "events.reserve_seats": Kind.GROUP_REGISTERED,
    "events.join_waiting_list": Kind.GROUP_WAITING,
    **dict.fromkeys(
        ("events.issue_certificates", "events.issue_diplomas", "events.issue_thanks"),
        Kind.BATCH_ISSUED,
    ),
}
"""Verbs that make what happens."""
NUMBERING = "documents.take_numbers"
VERBS = (*TARGETS, *MADE, NUMBERING)


@dataclass(frozen=True, slots=True)
class Happening:
    """That something happened to the record with the key ``subject``, as ``entry`` tells."""

    kind: Kind
    entry: UUID
    at: datetime
    subject: int


def happenings(entries: Iterable[Entry]) -> Iterator[Happening]:
    """Read what has happened out of entries of the journal, in their order."""
    told = list(entries)
    in_force = _in_force(told)
    for entry in told:
        if entry.verb in TARGETS:
            yield Happening(TARGETS[entry.verb], entry.public_id, entry.at, int(entry.target_key))
        elif entry.verb in MADE:
            yield Happening(MADE[entry.verb], entry.public_id, entry.at, int(entry.created_key))
        elif entry.parent in in_force:
            agreement = in_force[entry.parent]
            yield Happening(Kind.AGREEMENT_IN_FORCE, entry.public_id, entry.at, agreement)


def _in_force(told: Iterable[Entry]) -> dict[UUID | None, int]:
    """Return which signing brought which agreement into force: the one that took its number."""
    parents = [entry.parent for entry in told if entry.verb == NUMBERING and entry.parent]
    signings = Entry.objects.filter(public_id__in=parents, verb__in=SIGNING)
    parties = {entry.public_id: int(entry.target_key) for entry in signings}
    of = dict(Party.objects.filter(pk__in=parties.values()).values_list("pk", "agreement"))
    return {entry: of[party] for entry, party in parties.items() if party in of}
