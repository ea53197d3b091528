"""The August check: one screen of a member; who of a cluster's members has confirmed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.forms.checks import CheckForm, known_of
from zveno.network.models import Cluster, Membership, Party, Role, YearCheck, check_year
from zveno.network.models.checks import CheckedYear, check_day, counted_in
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell

YEAR = re.compile("20[0-9]{2}")
STATES = {
    "waiting": Face(_("Waiting for an answer"), "warn", "clock"),
    "confirmed": Face(_("Confirmed"), "ok", "check"),
    "unasked": Face(_("Not asked yet"), "", "info"),
}
HEADS = (
    *(_("Organisation"), _("Kind"), _("INN"), _("State"), _("Confirmed on"), _("Last asked")),
    *(_("Telephone"), _("E-mail"), _("Site"), _("Address")),
    *(_("Learners"), _("Teachers")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A member of a cluster and what it has said this year."""

    organisation: Organisation
    check: YearCheck | None
    learners: object
    may: bool

    @property
    def state(self) -> str:
        """Whether it has confirmed, is waited for, or was not asked."""
        if self.check is None:
            return "unasked"
        return "confirmed" if self.check.checked_at else "waiting"

    @property
    def face(self) -> Face:
        """How its state looks."""
        return STATES[self.state]

    @property
    def may_be_asked(self) -> bool:
        """Whether it has not confirmed and was not asked today."""
        asked = self.check.reminded_on if self.check else None
        return self.state != "confirmed" and asked != clock.today()


@require_safe
def _ask_facts(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key)
    return render(request, "network/check.html", facts | {"form": _form(request.actor, facts)})


@require_POST
def _confirm(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, key)
        form = _form(request.actor, facts, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.confirm_facts(request.actor, key, facts=form.facts())
            tell(request, gettext("Confirmed. Thank you."))
            return redirect("organisations:card", key)
    return draw(request, "network/check.html", facts | {"form": form})


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    organisation = Organisation.objects.visible_to(actor).select_related("steward").pick(key)
    if not actions.confirm_facts.allowed(actor, organisation):
        raise NotAllowed
    mine = YearCheck.objects.visible_to(actor).filter(organisation=organisation)
    last = mine.confirmed().select_related("checked_by").first()
    year = check_year(clock.today())
    return {
        "organisation": organisation,
        "last": last,
        "said": last is not None and last.year == year,
        "year": f"{year}/{year + 1}",
        "counted": any(counted_in(organisation)),
    }


def _form(actor: Actor, facts: dict[str, Any], *typed: Any) -> CheckForm:
    organisation, last = facts["organisation"], facts["last"]
    head = rules.head_of(organisation)
    known = known_of(organisation, head, last, "" if last else _basis(actor, organisation))
    form = CheckForm(organisation, *typed, initial=known)
    facts["head_stays"] = not rules.names_head(actor, organisation, head)
    if facts["head_stays"]:
        form.leave_head()
    return form


def _basis(actor: Actor, organisation: Organisation) -> str:
    """Return on what basis it signed last."""
    parties = Party.objects.visible_to(actor).filter(organisation=organisation).order_by("-pk")
    return parties.values_list("basis", flat=True).first() or ""


@require_safe
def checks(request: Request, key: UUID) -> HttpResponse:
    """Show who of a cluster's members has confirmed; ``?state=`` and ``?year=`` choose."""
    cluster, year = _cluster(request.actor, key), _year(request)
    now = check_year(clock.today())
    everyone = _lines(request.actor, cluster, year)
    facts = {
        "cluster": cluster,
        "lines": _chosen(request, everyone),
        "number": len(everyone),
        "confirmed": sum(line.state == "confirmed" for line in everyone),
        "asks": year == now and any(line.may_be_asked for line in everyone),
        "states": [
            (name, face.text) for name, face in STATES.items() if year == now or name != "unasked"
        ],
        "year": f"{year}/{year + 1}",
        "past": year != now,
        "years": _years(request.actor, cluster, year, now),
        "from_day": check_day(year),
        "query": request.GET.urlencode(),
    }
    return render(request, "network/checks.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what the filter leaves. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    cluster = _cluster(request.actor, key)
    lines = _lines(request.actor, cluster, _year(request))
    return attached("check", kind, HEADS, map(_cells, _chosen(request, lines)))


@require_POST
def ask(request: Request, key: UUID) -> HttpResponse:
    """Ask the members that have not confirmed."""
    asked = actions.ask_to_check(request.actor, key)
    words = ngettext("%(asked)s member is asked.", "%(asked)s members are asked.", asked)
    tell(request, words % {"asked": asked})
    return redirect("network:checks", key)


def _cluster(actor: Actor, key: UUID) -> Cluster:
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not rules.coordinates(actor, cluster):
        raise NotAllowed
    return cluster


def _year(request: Request) -> int:
    """Return the academic year the address asks for, else the one members are asked about."""
    now, asked = check_year(clock.today()), request.GET.get("year", "")
    return int(asked) if YEAR.fullmatch(asked) and int(asked) < now else now


def _lines(actor: Actor, cluster: Cluster, year: int) -> list[Line]:
    """Return the members of today; of an earlier year those of them that were asked then."""
    now = year == check_year(clock.today())
    members = Membership.objects.visible_to(actor).live().filter(cluster=cluster)
    asked = members.exclude(role=Role.BASE).select_related("organisation").order_by("pk")
    houses = [one.organisation for one in asked]
    found = YearCheck.objects.visible_to(actor).filter(year=year, organisation__in=houses)
    told = found.told_to(actor).select_related("checked_by")
    known = {one.organisation_id: one for one in told}
    shown = [one for one in houses if now or one.pk in known]
    return [_line(actor, one, known.get(one.pk), now=now) for one in shown]


def _line(actor: Actor, organisation: Organisation, check: YearCheck | None, *, now: bool) -> Line:
    learners: object = ""
    if check and check.learners is not None:
        learners = gettext("fewer than 5") if check.learners_told is None else check.learners_told
    may = now and actions.confirm_facts.allowed(actor, organisation)
    return Line(organisation, check, learners, may)


def _years(actor: Actor, cluster: Cluster, shown: int, now: int) -> list[CheckedYear]:
    """Return the other academic years members were asked in, and how many have confirmed."""
    members = Membership.objects.visible_to(actor).live().filter(cluster=cluster)
    houses = members.exclude(role=Role.BASE).values("organisation")
    found = YearCheck.objects.visible_to(actor).filter(organisation__in=houses, year__lte=now)
    return [one for one in found.by_year() if one.year != shown]


def _chosen(request: Request, lines: list[Line]) -> list[Line]:
    state = request.GET.get("state")
    return [line for line in lines if state not in STATES or line.state == state]


def _cells(line: Line) -> tuple[object, ...]:
    check, house = line.check, line.organisation
    said = check is not None and check.checked_at is not None
    return (
        *(house.name, house.get_kind_display(), house.inn, line.face.text),
        *_days(check),
        *((check.phone, check.email, check.site, check.address) if check and said else [""] * 4),
        line.learners,
        check.teachers if check and check.teachers is not None else "",
    )


def _days(check: YearCheck | None) -> Iterator[str]:
    """Yield the days it was confirmed on and asked last."""
    said = localtime(check.checked_at).date() if check and check.checked_at else None
    for day in (said, check.reminded_on if check else None):
        yield date_format(day, "d.m.Y") if day else ""


check = by_method(get=_ask_facts, post=_confirm)
