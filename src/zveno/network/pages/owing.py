"""What the parties of a cluster owe each other: the list, one obligation, what is reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.obligations import ReportForm, report_of
from zveno.network.models import Cluster, Fulfilment, Obligation, Party, Side
from zveno.network.models.obligations import facts_of
from zveno.network.models.owing import Done, Standing
from zveno.network.pages import faces
from zveno.network.pages.open import is_stranger
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, tell_with_undo

STATES = {
    "overdue": faces.OVERDUE,
    "lacking": faces.LACKING,
    "going": faces.GOING,
    "ahead": faces.AHEAD,
    "done": faces.DONE,
    "uncounted": faces.UNCOUNTED,
}
HEADS = (
    _("Obligation"),
    _("Whose"),
    _("How often"),
    _("Until"),
    _("Counted in"),
    pgettext_lazy("column", "Plan"),
    pgettext_lazy("column", "Fact"),
    _("Shortfall from before"),
    _("State"),
    _("Agreement"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation as tables show it."""

    obligation: Obligation
    stands: Standing
    face: Face
    amount: str

    @property
    def whose(self) -> str:
        """Name who owes it: one party, or all of a role."""
        one = self.obligation
        return str(one.party.organisation) if one.party else one.get_role_display()


def lines_of(obligations: Iterable[Obligation]) -> list[Line]:
    """Tell how obligations stand today."""
    owed = list(obligations)
    facts = facts_of(owed)
    return [_line(one, one.stands(facts[one.pk])) for one in owed]


def _line(one: Obligation, stands: Standing) -> Line:
    return Line(one, stands, faces.of_obligation(one, stands), faces.amount(one, stands))


@require_safe
def obligations(request: Request, key: UUID) -> HttpResponse:
    """Show who owes what in a cluster and what is done; ``?side=`` and ``?state=`` choose."""
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    everything = _lines(request.actor, cluster)
    facts = {
        "cluster": cluster,
        "outside": is_stranger(request.actor, cluster),
        "lines": _chosen(request, everything),
        "anything": bool(everything),
        "roles": [role for role in Side.choices if role[0] in _roles(everything)],
        "states": [(name, face.text) for name, face in STATES.items()],
        "overdue": len([line for line in everything if line.face is faces.OVERDUE]),
        "query": request.GET.urlencode(),
    }
    return render(request, "network/obligations.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what the filters leave of the obligations. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    rows = map(_cells, _chosen(request, _lines(request.actor, cluster)))
    return attached("obligations", kind, HEADS, rows)


def _cells(line: Line) -> tuple[object, ...]:
    one, stands = line.obligation, line.stands
    return (
        *(one.text, line.whose, one.get_period_display()),
        date_format(stands.deadline, "d.m.Y"),
        one.get_unit_display(),
        *((stands.owed, stands.done, stands.lacked) if one.unit else ("", "", "")),
        *(line.face.text, one.agreement.title),
    )


def _lines(actor: Actor, cluster: Cluster) -> list[Line]:
    return lines_of(
        Obligation.objects.visible_to(actor)
        .in_force()
        .filter(agreement__cluster=cluster)
        .select_related("agreement", "party__organisation")
        .order_by("agreement", "place")
    )


def _chosen(request: Request, lines: list[Line]) -> list[Line]:
    side, state = request.GET.get("side", ""), STATES.get(request.GET.get("state", ""))
    if side in Side:
        lines = [line for line in lines if line.obligation.role == side]
    return [line for line in lines if state in {None, line.face}]


def _roles(lines: list[Line]) -> set[str]:
    return {line.obligation.role for line in lines}


@require_safe
def obligation(request: Request, key: UUID) -> HttpResponse:
    """Show one obligation: who owes it, how it stands, and everything that was done of it."""
    actor = request.actor
    one = _obligation(actor, key)
    rows = list(
        Fulfilment.objects.visible_to(actor)
        .filter(obligation=one, amount__gt=0)
        .select_related("by", "proof", "obligation__agreement__cluster")
        .defer("proof__data")
        .order_by("-day", "-pk")
    )
    facts = {
        "line": _line(one, one.stands(Done(row.day, row.amount) for row in rows)),
        "agreement": one.agreement,
        "parties": _owing(actor, one),
        "rows": [(row, actions.take_back_report.allowed(actor, row)) for row in rows],
        "may_report": _may_report(actor, one),
    }
    return render(request, "network/obligation.html", facts)


def _owing(actor: Actor, one: Obligation) -> list[Party]:
    owing = {"pk": one.party_id} if one.party_id else {"role": one.role}
    parties = Party.objects.visible_to(actor).filter(agreement=one.agreement, **owing)
    return list(parties.select_related("organisation").order_by("place"))


def _obligation(actor: Actor, key: UUID) -> Obligation:
    return (
        Obligation.objects.visible_to(actor)
        .select_related("agreement__cluster__base", "party__organisation")
        .pick(key)
    )


def _may_report(actor: Actor, one: Obligation) -> bool:
    in_force = one.agreement.state == one.agreement.State.IN_FORCE
    return in_force and actions.report_fulfilment.allowed(actor, one)


def _asked(actor: Actor, key: UUID) -> Obligation:
    one = _obligation(actor, key)
    if not actions.report_fulfilment.allowed(actor, one):
        raise NotAllowed
    if not _may_report(actor, one):
        raise actions.AgreementNotInForce(title=one.agreement.title)
    return one


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    one = _asked(request.actor, key)
    return render(request, "network/report.html", _facts(one) | {"form": report_of(one)})


@require_POST
def _report(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _asked(request.actor, key)
        facts = _facts(one)
    form = ReportForm(request.POST, request.FILES, obligation=one)
    if form.is_valid():
        try:
            made = actions.report_fulfilment(request.actor, key, report=form.report())
        except BadInput as refusal:
            field = {"file": "proof"}.get(refusal.field, refusal.field)
            form.add_error(field or None, str(refusal))
        else:
            undo = reverse("network:take_back_report", args=[made.public_id])
            tell_with_undo(request, gettext("The report is counted."), undo)
            return redirect("network:obligation", key)
    return draw(request, "network/report.html", facts | {"form": form})


def _facts(one: Obligation) -> dict[str, Any]:
    return {"line": lines_of([one])[0], "agreement": one.agreement}


@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Let a report count no more."""
    with reading(request.actor):
        row = Fulfilment.objects.visible_to(request.actor).select_related("obligation").pick(key)
    actions.take_back_report(request.actor, key)
    tell(request, gettext("The report is withdrawn."))
    return redirect("network:obligation", row.obligation.public_id)


report = by_method(get=_ask, post=_report)
