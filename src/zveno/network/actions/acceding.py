"""One more party of an agreement in force: it signs an accession sheet, the others nothing."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network import rules
from zveno.network.actions.agreements import LastsNoDay, _begin
from zveno.network.actions.assigning import _assign_by_sheet
from zveno.network.actions.full_texts import _keep_text
from zveno.network.actions.obligations import AgreementNotInForce
from zveno.network.actions.sending import _spread
from zveno.network.actions.sides import NoSuchSide, Share
from zveno.network.models import SHAPES, Agreement, Kind, Party, Side, notices, require_open

SIGNED = (
    *("signatory", "signatory_post", "basis", "email"),
    *("signed_at", "method", "scan", "signed_hash", "evidence"),
)


class CannotJoin(DomainError):
    """Some agreements stay between those who concluded them."""

    code = "cannot_join"
    message = _("Nobody joins “%(title)s” by a sheet. Draw up another agreement.")


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def start_accession(actor: Actor, agreement: Agreement, *, newcomer: UUID) -> Agreement:
    """Draw the sheet by which a member of the cluster joins an agreement in force.

    Asked for the same once more, it returns the sheet on its way. Raises ``AgreementNotInForce``,
    ``ClusterClosed``, ``CannotJoin``, ``NoSuchSide`` and ``LastsNoDay``.
    """
    require_open(agreement.cluster)
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)
    if not agreement.shape.admits:
        raise CannotJoin(title=agreement.title)
    if agreement.last_day <= clock.today():
        raise LastsNoDay
    members = agreement.cluster.memberships.live().filter(organisation__public_id=newcomer)
    member = members.select_related("organisation").first()
    if member is None or agreement.parties.filter(organisation=member.organisation_id).exists():
        raise NoSuchSide
    on_its_way = agreement.papers.filter(
        kind=Kind.ACCESSION,
        state__in=[Agreement.State.DRAFT, Agreement.State.OUT_FOR_SIGNATURE],
        parties__organisation=member.organisation_id,
    )
    base, joins = agreement.cluster.base, member.organisation
    seats = [
        (base, Share(base.public_id, Side.BASE)),
        (joins, Share(joins.public_id, Side.NEWCOMER)),
    ]
    return on_its_way.first() or _begin(_sheet(agreement, str(joins), member.role), seats, [])


@action(rules.coordinates_agreement, on=Agreement, lock=True, consequence=True)
def admit_newcomer(actor: Actor, agreement: Agreement, *, sheet: Agreement) -> Party:
    """Make who has signed a sheet a party of the agreement: its signature there counts here.

    Raises ``AgreementNotInForce``.
    """
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)
    newcomer = sheet.parties.get(role=Side.NEWCOMER)
    party = Party.objects.create(
        agreement=agreement,
        organisation=newcomer.organisation,
        place=max(agreement.parties.values_list("place", flat=True)) + 1,
        role=sheet.facts["role"],
        joined_by=sheet,
        **{name: getattr(newcomer, name) for name in SIGNED},
    )
    _assign_by_sheet(agreement, party)
    agreement.parties_count += 1
    agreement.signed += 1
    agreement.save(update_fields=["parties_count", "signed"])
    _keep_text(agreement)
    _spread(actor, agreement, notices.has_joined(agreement, party))
    return party


def _sheet(agreement: Agreement, name: str, role: str) -> Agreement:
    return Agreement(
        cluster=agreement.cluster,
        parent=agreement,
        kind=Kind.ACCESSION,
        facts={"role": role},
        title=(str(SHAPES[Kind.ACCESSION].title) % {"name": name})[:200],
        place=agreement.place,
        dated=clock.today(),
        valid_until=agreement.last_day,
        auto_renew=False,
    )
