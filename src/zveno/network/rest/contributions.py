"""What partners promise and give to programmes, for programs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.documents import actions as documents
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import Contribution, Obligation
from zveno.network.rest.bodies import NotBase64, ReasonGiven, ScanGiven, upload_of
from zveno.organisations.models import Organisation
from zveno.ui.rest import Line300

router = Endpoints(tags=["contributions"])
Roubles = Annotated[str, Field(pattern=r"^[0-9]{1,11}(\.[0-9]{1,2})?$")]
Hours = Annotated[str, Field(pattern=r"^[0-9]{1,7}(\.[0-9]{1,2})?$")]


class ContributionShown(Shown):
    """What a partner promised and gave, in roubles as text; ``proof`` is a file."""

    programme: Shown
    giver: Named
    receiver: Named
    obligation: Shown | None
    kind: Annotated[str, OneOf(Contribution.Kind)]
    what: str
    state: Annotated[str, OneOf(Contribution.State)]
    promised: Decimal
    promised_on: date
    hours: Decimal | None
    rate: Decimal | None
    amount: Decimal
    given_on: date | None
    proof: Shown | None
    reason: str


class ContributionsAsked(Asked):
    """Which contributions."""

    LOOKUPS: ClassVar = {
        "programme": "programme__public_id",
        "giver": "giver__public_id",
        "state": "state",
    }
    programme: UUID | None = None
    giver: UUID | None = None
    state: Annotated[str, OneOf(Contribution.State)] | None = None


class PromiseGiven(Given):
    """Who gives what to whom, what it is to be worth, and which obligation it fulfils."""

    giver: UUID
    receiver: UUID
    kind: Annotated[str, OneOf(Contribution.Kind)]
    what: Line300
    promised: Roubles
    obligation: UUID | None = None


class GiftGiven(Given):
    """What was given on a day, with its proof: an amount, or hours by their rate."""

    day: Day
    proof: ScanGiven
    amount: Roubles = "0"
    hours: Hours | None = None
    rate: Hours | None = None

    def gift(self) -> actions.Gift:
        """Return it as the verb takes it."""
        return actions.Gift(
            day=self.day,
            proof=upload_of(self.proof),
            amount=Decimal(self.amount),
            hours=Decimal(self.hours) if self.hours else None,
            rate=Decimal(self.rate) if self.rate else None,
        )


@router.lists("/contributions", ContributionShown)
def contributions(request: Request, asked: Query[ContributionsAsked]) -> object:
    """List what partners promised and gave, as far as you see it."""
    rows = Contribution.objects.visible_to(request.actor).filter(**asked.chosen())
    shown = rows.select_related(*WITH).defer("proof__data")
    return part_of(shown, asked.after, asked.limit)


@router.shows("/contributions/{uuid:key}", ContributionShown)
def contribution(request: Request, key: UUID) -> object:
    """Show one contribution."""
    rows = Contribution.objects.visible_to(request.actor).select_related(*WITH)
    return rows.defer("proof__data").pick(key)


WITH = ("programme", "giver", "receiver", "obligation", "proof")
SCANS = [NotBase64, actions.NotAScan, documents.FileTooLarge, documents.FileEmpty]


@router.does(
    "/programmes/{uuid:key}",
    actions.promise_contribution,
    makes=True,
    refuses=[actions.NoSuchReceiver, actions.BadGift, actions.DoesNotFulfil],
)
def promise_contribution(request: Request, key: UUID, body: PromiseGiven) -> object:
    """Note what a partner promises to a programme."""
    houses = Organisation.objects.visible_to(request.actor)
    owed = Obligation.objects.visible_to(request.actor)
    promise = actions.Promise(
        giver=houses.pick(body.giver),
        receiver=houses.pick(body.receiver),
        kind=body.kind,
        what=body.what,
        promised=Decimal(body.promised),
        obligation=owed.pick(body.obligation) if body.obligation else None,
    )
    return actions.promise_contribution(request.actor, key, promise=promise)


@router.does(
    "/contributions/{uuid:key}",
    actions.give_contribution,
    refuses=[
        *(actions.NotPromised, actions.BadGift, actions.BadHours),
        *(actions.NotYetDone, actions.DayOutside, *SCANS),
    ],
)
def give_contribution(request: Request, key: UUID, body: GiftGiven) -> object:
    """Say what was given, with its proof; it counts when the receiver confirms it."""
    return actions.give_contribution(request.actor, key, gift=body.gift())


@router.does("/contributions/{uuid:key}", actions.confirm_contribution, refuses=[actions.NotGiven])
def confirm_contribution(request: Request, key: UUID) -> object:
    """Confirm what was given: it counts in the programme and in its obligation."""
    return actions.confirm_contribution(request.actor, key)


@router.does(
    "/contributions/{uuid:key}",
    actions.return_contribution,
    refuses=[actions.NoReason, actions.NotGiven],
)
def return_contribution(request: Request, key: UUID, body: ReasonGiven) -> object:
    """Return what was given to whoever told of it: a promise again."""
    return actions.return_contribution(request.actor, key, reason=body.reason)


@router.does(
    "/contributions/{uuid:key}",
    actions.withdraw_contribution,
    refuses=[actions.NoReason, actions.Withdrawn],
)
def withdraw_contribution(request: Request, key: UUID, body: ReasonGiven) -> object:
    """Withdraw a contribution for good."""
    return actions.withdraw_contribution(request.actor, key, reason=body.reason)


@router.does(
    "/contributions/{uuid:key}", actions.open_proof, makes=True, refuses=[actions.NotGiven]
)
def open_proof(request: Request, key: UUID) -> object:
    """Open the proof of a contribution, a file; the journal knows that it was read."""
    return actions.open_proof(request.actor, key)
