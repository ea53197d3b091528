"""Consents of children of one's own, for programs."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request, reading
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, OneOf, Shown
from zveno.learners import actions
from zveno.learners.models import Consent, Learner, Method, Purpose
from zveno.organisations.models import Organisation

router = Endpoints(tags=["children"])
MOST = 200


class ConsentShown(Shown):
    """An answer about a child: to what, whose word, how it came, and until when it holds."""

    learner: Shown
    purpose: Annotated[str, OneOf(Purpose)]
    refused: bool
    method: Annotated[str, OneOf(Method)]
    signed_by: Annotated[str, OneOf(Consent.Signer)]
    given_at: datetime
    expires_on: date | None
    withdrawn_at: datetime | None


class OfChild(Asked):
    """About whom."""

    LOOKUPS: ClassVar = {"child": "learner__public_id"}
    child: UUID | None = None


class WithdrawnGiven(Given):
    """To what somebody no longer agrees."""

    purpose: Annotated[str, OneOf(Purpose)]


class KeptGiven(Given):
    """Whose consents to one purpose the organisation keeps on paper: keys of its children."""

    children: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]
    purpose: Annotated[str, OneOf(Purpose)]


@router.lists("/consents", ConsentShown)
def consents(request: Request, asked: Query[OfChild]) -> object:
    """List the answers about children you answer for; those that have ended are shown too."""
    rows = Consent.objects.visible_to(request.actor).filter(owner__in=request.actor.scope)
    rows = rows.filter(**asked.chosen()).select_related("learner")
    return part_of(rows, asked.after, asked.limit)


@router.does("/children/{uuid:key}", actions.withdraw_consent)
def withdraw_consent(request: Request, key: UUID, body: WithdrawnGiven) -> object:
    """Note that somebody no longer agrees: nobody else reads the child for it from now on."""
    return actions.withdraw_consent(request.actor, key, purpose=Purpose(body.purpose))


@router.does("/organisations/{uuid:key}", actions.keep_consents, refuses=[actions.WayOff])
def keep_consents(request: Request, key: UUID, body: KeptGiven) -> object:
    """Note that consents of children of the organisation to one purpose are kept on paper."""
    with reading(request.actor):
        house = Organisation.objects.visible_to(request.actor).pick(key)
        if not actions.keep_consents.allowed(request.actor, house):
            raise NotAllowed
        own = Learner.objects.visible_to(request.actor).filter(owner=house)
        chosen = dict(own.filter(public_id__in=body.children).values_list("public_id", "pk"))
    if set(body.children) - chosen.keys():
        raise NotFound
    return actions.keep_consents(
        request.actor, key, learners=[chosen[one] for one in chosen], purpose=Purpose(body.purpose)
    )
