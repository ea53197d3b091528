"""Programmes and grants: the list, one programme with its money, what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.programmes import FACTS, NewProgrammeForm, ProgrammeForm
from zveno.network.models import (
    Contribution,
    MoneyLine,
    Participation,
    Programme,
    Sum,
    by_source,
    given_in,
    total,
)
from zveno.network.models.programmes import audits, reach_of
from zveno.network.pages import faces
from zveno.network.pages.answers import draw_again
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell

NEW, EDIT = "network/programme_new.html", "network/programme_edit.html"
WHEN = {
    "running": faces.RUNNING,
    "ahead": faces.COMING,
    "over": faces.OVER,
}
HEADS = (
    gettext_lazy("Programme"),
    gettext_lazy("Number"),
    gettext_lazy("Kind"),
    gettext_lazy("Who holds it"),
    gettext_lazy("Who funds it"),
    gettext_lazy("First day"),
    gettext_lazy("Last day"),
    pgettext_lazy("column", "Plan"),
    pgettext_lazy("column", "Fact"),
    pgettext_lazy("money", "Remaining"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A programme as tables show it: its money in all, whether it goes on."""

    programme: Programme
    money: Sum
    face: Face

    @property
    def share(self) -> str:
        """Say in words what the bar shows."""
        return faces.share(self.money)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What a source was to give and gave."""

    name: str
    money: Sum

    @property
    def share(self) -> str:
        """Say in words what the bar shows."""
        return faces.share(self.money)


@require_safe
def programmes(request: Request) -> HttpResponse:
    """Show the programmes there are for the reader; ``?kind=`` and ``?when=`` choose."""
    everything = lines_of(request.actor)
    chosen = _chosen(request, everything)
    facts = {
        "lines": chosen,
        "anything": bool(everything),
        "all": total(line.money for line in chosen),
        "kinds": Programme.Kind.choices,
        "when": [(name, face.text) for name, face in WHEN.items()],
        "may_found": bool(_holders(request.actor)),
        "query": request.GET.urlencode(),
    }
    return render(request, "network/programmes.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over what the filters leave of the programmes. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    rows = map(_cells, _chosen(request, lines_of(request.actor)))
    return attached("programmes", kind, HEADS, rows)


def _cells(line: Line) -> tuple[object, ...]:
    one, money = line.programme, line.money
    return (
        *(one.name, one.number, one.get_kind_display(), one.holder, one.funder),
        *(f"{one.begins:%d.%m.%Y}", f"{one.ends:%d.%m.%Y}"),
        *(money.planned, money.fact, money.remaining),
    )


def lines_of(actor: Actor) -> list[Line]:
    """Return the programmes the actor sees, each with its money, the last begun first."""
    rows = Programme.objects.visible_to(actor).select_related("holder")
    money: dict[int, list[MoneyLine]] = {}
    for line in MoneyLine.objects.visible_to(actor):
        money.setdefault(line.programme_id, []).append(line)
    return [
        Line(one, total(money.get(one.pk, [])), _face(one))
        for one in rows.order_by("-begins", "name", "pk")
    ]


def _face(one: Programme) -> Face:
    today = clock.today()
    if today < one.begins:
        return faces.COMING
    return faces.RUNNING if today <= one.ends else faces.OVER


def _chosen(request: Request, lines: Iterable[Line]) -> list[Line]:
    kind, face = request.GET.get("kind", ""), WHEN.get(request.GET.get("when", ""))
    if kind in Programme.Kind:
        lines = [line for line in lines if line.programme.kind == kind]
    return [line for line in lines if face in {None, line.face}]


@require_safe
def programme(request: Request, key: UUID) -> HttpResponse:
    """Show a programme: its money by source (``?year=`` chooses), who takes part."""
    actor = request.actor
    one = Programme.objects.visible_to(actor).select_related("holder").pick(key)
    lines = list(MoneyLine.objects.visible_to(actor).filter(programme=one))
    year = _year(request, one)
    chosen = [line for line in lines if year in {None, line.year}]
    parts = Participation.objects.visible_to(actor).filter(programme=one)
    facts = {
        "programme": one,
        "face": _face(one),
        "lines": [SourceLine(str(name.label), money) for name, money in by_source(chosen).items()],
        "all": SourceLine(_("In all"), total(chosen)),
        "years": [str(each) for each in one.years],
        "parts": parts.select_related("cluster", "organisation").order_by("since", "pk"),
        "reach": reach_of(one, min(max(clock.today(), one.begins), one.ends)),
        "given": given_in(Contribution.objects.visible_to(actor).filter(programme=one)),
        "may_promise": actions.promise_contribution.allowed(actor, one),
        "may": actions.keep_money.allowed(actor, one),
        "oversees": _oversees(actor, one),
        "ours": one.holder_id in actor.scope,
    }
    return render(request, "network/programme.html", facts)


def _oversees(actor: Actor, one: Programme) -> bool:
    """Whether the sums of contributions the actor sees are those of all partners."""
    governs = any(role == Post.Role.REGIONAL_AUTHORITY for _key, role in actor.roles)
    return one.holder_id in actor.scope or audits(actor) or governs


def _year(request: Request, one: Programme) -> int | None:
    return {str(each): each for each in one.years}.get(request.GET.get("year", ""))


@require_safe
def _ask_new(request: Request) -> HttpResponse:
    return render(request, NEW, _new(NewProgrammeForm(_founding(request.actor))))


@require_POST
def _found(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = NewProgrammeForm(_founding(request.actor), request.POST)
    if form.is_valid():
        holder = UUID(form.cleaned_data["holder"])
        with RefusalsIn(form):
            made = actions.found_programme(request.actor, holder, facts=form.facts())
            tell(request, _("The programme is created. Now enter its money."))
            return redirect("network:edit_money", made.public_id)
    return draw(request, NEW, _new(form))


def _new(form: NewProgrammeForm) -> dict[str, Any]:
    return {"form": form, "holder": form.holders[0], "several": len(form.holders) > 1}


def _founding(actor: Actor) -> list[Organisation]:
    found = _holders(actor)
    if not found:
        raise NotAllowed
    return found


def _holders(actor: Actor) -> list[Organisation]:
    """List the organisations in whose name ``actor`` may found a programme."""
    own = Organisation.objects.visible_to(actor).represented_by(actor).order_by("pk")
    return [one for one in own if actions.found_programme.allowed(actor, one)]


@require_safe
def _ask_facts(request: Request, key: UUID) -> HttpResponse:
    one = held(request.actor, key)
    form = ProgrammeForm(initial={name: getattr(one, name) for name in FACTS})
    return render(request, EDIT, {"programme": one, "form": form, "seen": Seen(one.facts())})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = held(request.actor, key)
    form, seen = ProgrammeForm(request.POST), Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_programme(request.actor, key, facts=form.facts(), seen=seen.words)
            tell(request, _("Programme details saved."))
            return redirect("network:programme", key)
        seen.follow(form)
    return draw_again(request, EDIT, {"programme": one, "form": form}, seen)


def held(actor: Actor, key: UUID) -> Programme:
    """Return a programme that ``actor`` may change; raises ``NotFound`` and ``NotAllowed``."""
    one = Programme.objects.visible_to(actor).select_related("holder").pick(key)
    if not actions.change_programme.allowed(actor, one):
        raise NotAllowed
    return one


new_programme = by_method(get=_ask_new, post=_found)
edit_programme = by_method(get=_ask_facts, post=_change)
