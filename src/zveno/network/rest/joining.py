"""What programs do with invitations into clusters and applications."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from ninja import Query

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Email, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import ClusterClosed, Joining
from zveno.network.rest.bodies import ReasonGiven
from zveno.organisations import actions as organisations
from zveno.ui.rest import Maybe300, Maybe400

router = Endpoints(tags=["clusters"])


class JoiningShown(Shown):
    """An invitation into a cluster, or an application; contacts of persons stay on the pages."""

    cluster: Named
    organisation: Named | None
    name: str
    kind: Annotated[str, OneOf(Joining.Kind)]
    state: Annotated[str, OneOf(Joining.State)]
    word: str
    reason: str
    made_at: datetime
    until: datetime
    answered_at: datetime | None


class JoiningsAsked(Asked):
    """Which invitations and applications."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "state": "state"}
    cluster: UUID | None = None
    state: Annotated[str, OneOf(Joining.State)] | None = None


class InviteeGiven(Given):
    """An organisation of the register, or a name and an email; a word to them."""

    organisation: UUID | None = None
    name: Maybe300 = ""
    email: Email | Literal[""] = ""
    word: Maybe400 = ""


class ApplicationGiven(Given):
    """The key of the cluster and a word to its coordinator."""

    cluster: UUID
    word: Maybe400 = ""


@router.lists("/joinings", JoiningShown)
def joinings(request: Request, asked: Query[JoiningsAsked]) -> object:
    """List invitations and applications of your organisations and to your clusters."""
    rows = Joining.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "organisation"), asked.after, asked.limit)


@router.shows("/joinings/{uuid:key}", JoiningShown)
def joining(request: Request, key: UUID) -> object:
    """Show one invitation or application."""
    rows = Joining.objects.visible_to(request.actor)
    return rows.select_related("cluster", "organisation").pick(key)


@router.does(
    "/clusters/{uuid:key}",
    actions.invite_to_join,
    makes=True,
    refuses=[ClusterClosed, actions.NobodyInvited, actions.NowhereToWrite, actions.MemberAlready],
)
def invite_to_join(request: Request, key: UUID, body: InviteeGiven) -> object:
    """Invite an organisation by letter; what waits for an answer already is returned."""
    invitee = actions.Invitee(body.organisation, body.name, body.email, body.word)
    return actions.invite_to_join(request.actor, key, invitee=invitee)


@router.does(
    "/organisations/{uuid:key}",
    actions.apply_to_join,
    makes=True,
    refuses=[ClusterClosed, actions.MemberAlready],
)
def apply_to_join(request: Request, key: UUID, body: ApplicationGiven) -> object:
    """Apply to a cluster; an invitation that waits is returned in its place."""
    return actions.apply_to_join(request.actor, key, cluster=body.cluster, word=body.word)


@router.does(
    "/joinings/{uuid:key}",
    actions.accept_joining,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.JoiningOver, actions.MemberAlready),
        *(actions.AnswersForItself, organisations.InnTaken),
    ],
)
def accept_joining(request: Request, key: UUID) -> object:
    """Let the organisation be a member from now on; the membership is returned."""
    return actions.accept_joining(request.actor, key)


@router.does(
    "/joinings/{uuid:key}",
    actions.decline_joining,
    refuses=[actions.JoiningOver, actions.NoReason],
)
def decline_joining(request: Request, key: UUID, body: ReasonGiven) -> object:
    """Say no, and why: whoever asked reads it."""
    return actions.decline_joining(request.actor, key, reason=body.reason)


@router.does("/joinings/{uuid:key}", actions.take_joining_back, refuses=[actions.JoiningOver])
def take_joining_back(request: Request, key: UUID) -> object:
    """Ask no more."""
    return actions.take_joining_back(request.actor, key)
