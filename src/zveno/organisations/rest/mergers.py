"""Duplicates in the register for programs: made one, made two again."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Key, Named
from zveno.organisations import actions
from zveno.organisations.models import Merger, Organisation

router = Endpoints(tags=["duplicates of organisations"])


class MergerShown(Named):
    """That the organisation ``gone`` was found to be ``into`` once more; until it was undone."""

    gone: UUID
    into: Named
    merged_at: datetime
    undone_at: datetime | None


class MergersAsked(Asked):
    """Which mergers."""

    LOOKUPS: ClassVar = {"into": "into__public_id", "gone": "gone"}
    into: UUID | None = None
    gone: UUID | None = None


class GoneGiven(Given):
    """The organisation that goes: the key stays known as ``gone`` of its merger."""

    gone: Key


class OtherGiven(Given):
    """Another organisation."""

    other: Key


@router.lists("/mergers", MergerShown)
def mergers(request: Request, asked: Query[MergersAsked]) -> object:
    """List which organisations were merged into which."""
    rows = Merger.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("into"), asked.after, asked.limit)


@router.does(
    "/organisations/{uuid:key}",
    actions.merge,
    makes=True,
    refuses=[actions.SameRow, actions.Clashing],
)
def merge(request: Request, key: UUID, body: GoneGiven) -> object:
    """Merge a duplicate into an organisation: whatever named it names this one from now on."""
    gone = Organisation.objects.visible_to(request.actor).pick(body.gone)
    return actions.merge(request.actor, key, gone=gone)


@router.does(
    "/mergers/{uuid:key}",
    actions.take_merger_back,
    refuses=[actions.AlreadyTwo, actions.ChangedSince],
)
def take_merger_back(request: Request, key: UUID) -> object:
    """Undo a merger, while nothing that was moved has changed."""
    return actions.take_merger_back(request.actor, key)


@router.does("/organisations/{uuid:key}", actions.tell_apart, refuses=[actions.SameRow])
def tell_apart(request: Request, key: UUID, body: OtherGiven) -> object:
    """Remember that two organisations which look like one are two."""
    other = Organisation.objects.visible_to(request.actor).pick(body.other)
    return actions.tell_apart(request.actor, key, other=other)


@router.does("/organisations/{uuid:key}", actions.suspect_again)
def suspect_again(request: Request, key: UUID, body: OtherGiven) -> object:
    """Forget that two organisations were told apart."""
    other = Organisation.objects.visible_to(request.actor).pick(body.other)
    return actions.suspect_again(request.actor, key, other=other)
