"""Where the partners' money is: promised, given, proven; one contribution with its proof."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network import actions
from zveno.network.forms.contributions import WhichForm
from zveno.network.models import Contribution, Given, Programme, given_in
from zveno.network.pages import faces
from zveno.organisations.models import Organisation
from zveno.ui.faces import Face
from zveno.ui.sheets import TYPES, attached

HEADS = (
    _("Partner"),
    _("Programme"),
    _("Year"),
    _("What exactly"),
    _("What kind"),
    _("Who receives it"),
    _("Promised"),
    pgettext_lazy("money", "Given"),
    pgettext_lazy("money", "Proven"),
    _("Hours"),
    _("Rate of an hour, ₽"),
    _("Day"),
    _("State"),
    _("Promised in an agreement"),
    _("SHA-256 of the proof"),
)
State = Contribution.State


@dataclass(frozen=True, slots=True)
class Line:
    """A contribution as tables show it."""

    contribution: Contribution

    @property
    def face(self) -> Face:
        """How its state looks."""
        return faces.CONTRIBUTIONS[self.contribution.state]

    @property
    def sums(self) -> Given:
        """What of it was promised, given and proven."""
        return given_in([self.contribution])


@dataclass(frozen=True, slots=True)
class Group:
    """What a partner gave to a programme in a year."""

    giver: Organisation
    programme: Programme
    year: int
    sums: Given


@require_safe
def contributions(request: Request) -> HttpResponse:
    """Show who promised, gave and proved what; ``?giver=``, ``?programme=``, ``?year=`` choose."""
    everything = _seen(request.actor)
    form, chosen = _chosen(request, everything)
    facts = {
        "form": form,
        "groups": list(_groups(chosen)),
        "lines": [Line(one) for one in chosen],
        "all": given_in(chosen),
        "anything": bool(everything),
        "query": request.GET.urlencode(),
    }
    return render(request, "network/contributions.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over what the filters leave of the contributions. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    _form, chosen = _chosen(request, _seen(request.actor))
    return attached("contributions", kind, HEADS, map(_cells, chosen))


def _seen(actor: Actor) -> list[Contribution]:
    rows = Contribution.objects.visible_to(actor).select_related(*WITH).defer("proof__data")
    return sorted(rows.order_by("pk"), key=_place)


WITH = ("giver", "receiver", "programme", "proof", "obligation__agreement")


def _place(one: Contribution) -> tuple[str, int, str, int, int]:
    """Order by partner, programme and year, so that groups stand together."""
    return (str(one.giver), one.giver_id, one.programme.name, one.programme_id, one.year)


def _chosen(
    request: Request, everything: Sequence[Contribution]
) -> tuple[WhichForm, list[Contribution]]:
    form = WhichForm(everything, request.GET)
    form.is_valid()
    return form, [one for one in everything if form.fits(one)]


def _groups(chosen: Iterable[Contribution]) -> Iterable[Group]:
    for _key, found in groupby(chosen, _place):
        rows = list(found)
        yield Group(rows[0].giver, rows[0].programme, rows[0].year, given_in(rows))


def _cells(one: Contribution) -> tuple[object, ...]:
    sums, obligation = given_in([one]), one.obligation
    return (
        *(one.giver.name, one.programme.name, one.year, one.what, one.get_kind_display()),
        *(one.receiver.name, sums.promised, sums.given, sums.proven),
        *(one.hours or "", one.rate or "", f"{one.given_on:%d.%m.%Y}" if one.given_on else ""),
        *(one.get_state_display(), obligation.agreement.title if obligation else ""),
        one.proof.sha256 if one.proof else "",
    )


@require_safe
def contribution(request: Request, key: UUID) -> HttpResponse:
    """Show one contribution: its sides, its worth, its proof, and what may be done with it."""
    actor = request.actor
    one = contribution_of(actor, key)
    given, counted = one.state == State.GIVEN, one.state in {State.GIVEN, State.CONFIRMED}
    programmes = Programme.objects.visible_to(actor)
    facts = {
        "line": Line(one),
        "sees_programme": programmes.filter(pk=one.programme_id).exists(),
        "may_give": one.state == State.PROMISED and actions.give_contribution.allowed(actor, one),
        "may_confirm": given and actions.confirm_contribution.allowed(actor, one),
        "may_return": counted and actions.return_contribution.allowed(actor, one),
        "may_withdraw": one.state != State.WITHDRAWN
        and actions.withdraw_contribution.allowed(actor, one),
        "ours": one.receiver_id in actor.scope,
        "list_url": reverse("network:contributions"),
    }
    return render(request, "network/contribution.html", facts)


def contribution_of(actor: Actor, key: UUID) -> Contribution:
    """Return a contribution ``actor`` sees; raises ``NotFound``."""
    rows = Contribution.objects.visible_to(actor).select_related(*WITH, "programme__holder")
    return rows.defer("proof__data").pick(key)
