"""A list of members on its way in: read, mended in place, accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.members import (
    BringForm,
    ColumnsForm,
    held_cells,
    said,
)
from zveno.network.models import Cluster, Fate, ListRow, MemberList, Membership, Role
from zveno.network.pages.founding import agreement_is_next
from zveno.network.pages.open import require_may
from zveno.organisations.facts import FIELDS, refusal, sentence, skipped
from zveno.organisations.models import Organisation
from zveno.ui.faces import Cell, Face
from zveno.ui.held import WHOLE_ROW, HeldCell, Said
from zveno.ui.toasts import tell, warn

PATTERNS = {"inn": r"^(\d{10}|\d{12})$", "email": r"^[^\s,]+@[^\s,]+\.[^\s,]+$"}
LONGEST_SHOWN = 120
TWINS = {"duplicate_row", "known_row"}
FACES = {
    Fate.ADDED: Face(gettext_lazy("Added"), "ok", "check"),
    Fate.JOINED: Face(gettext_lazy("Joined"), "ok", "check"),
    Fate.MEMBER: Face(gettext_lazy("Already a member"), "", "info"),
}


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    return _bring_page(request, key, BringForm())


@require_POST
def _read(request: Request, key: UUID) -> HttpResponse:
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            members = actions.bring_members(request.actor, key, source=form.source())
        except EngineRefused as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", refusal(refused.facts))
        except BadInput as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect("network:member_list", key, members.public_id)
    with reading(request.actor):
        return _bring_page(request, key, form)


def _bring_page(request: Request, key: UUID, form: BringForm) -> HttpResponse:
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    require_may(actions.bring_members, request.actor, cluster)
    facts = {"cluster": cluster, "form": form}
    return render(request, "network/members_add.html", facts, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that is ready or accepted, in words."""

    number: int
    title: str
    kind: str
    role: str
    inn: str
    head: str
    face: Face | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A held cell as the page draws it."""

    row: ListRow
    title: str
    field: str
    key: str
    cell: Cell | None
    text: str
    suggestion: str
    may_stay: bool


@dataclass(frozen=True, slots=True)
class Twin:
    """A row that is in the table or in Zveno already."""

    row: ListRow
    title: str
    text: str
    may_differ: bool


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was put right in a row without asking."""

    number: int
    field: str
    text: str
    before: str
    after: str


@require_safe
def member_list(request: Request, key: UUID, members: UUID) -> HttpResponse:
    """Show what was understood of a table, and what waits to be mended."""
    brought = _brought(request.actor, key, members)
    agree = bool(brought.accepted_at) and agreement_is_next(request.actor, brought.cluster)
    facts = _list(request.actor, brought) | {"agree": agree}
    return render(request, "network/member_list.html", facts)


def _brought(actor: Actor, key: UUID, members: UUID) -> MemberList:
    return (
        MemberList.objects.visible_to(actor)
        .filter(cluster__public_id=key)
        .select_related("cluster")
        .pick(members)
    )


@require_POST
def mend(request: Request, key: UUID, members: UUID) -> HttpResponse:
    """Put values right."""
    ready, heard = _heard(request, key, members)
    if heard:
        mended = actions.mend_rows(request.actor, members, mends=heard.mends, kept=heard.kept)
        _tell_of(request, mended.counts()[Fate.READY] - ready)
    return redirect("network:member_list", key, members)


@require_POST
def choose_columns(request: Request, key: UUID, members: UUID) -> HttpResponse:
    """Say what the columns hold."""
    with reading(request.actor):
        form = ColumnsForm(_brought(request.actor, key, members), request.POST)
    if form.is_valid():
        actions.map_columns(request.actor, members, mapping=form.mapping())
        tell(request, _("The columns were read again."))
    else:
        warn(request, _("For each column, choose from the list what it holds."))
    return redirect("network:member_list", key, members)


@require_POST
def accept(request: Request, key: UUID, members: UUID) -> HttpResponse:
    """Take what was typed, then make members of the rows that are ready."""
    _ready, heard = _heard(request, key, members)
    if heard:
        actions.mend_rows(request.actor, members, mends=heard.mends, kept=heard.kept)
    number = actions.accept_members(request.actor, members)
    words = ngettext("%(number)s row accepted.", "%(number)s rows accepted.", number)
    tell(request, words % {"number": number})
    return redirect("network:member_list", key, members)


def _heard(request: Request, key: UUID, members: UUID) -> tuple[int, Said]:
    """Read what was said about held rows; how many rows were ready before."""
    with reading(request.actor):
        brought = _brought(request.actor, key, members)
    return brought.counts()[Fate.READY], said(brought, request.POST)


def _tell_of(request: Request, mended: int) -> None:
    if mended <= 0:
        warn(request, _("These values are not right yet: see the messages below them."))
        return
    words = ngettext("%(number)s more row is ready.", "%(number)s more rows are ready.", mended)
    tell(request, words % {"number": mended})


def _list(actor: Actor, members: MemberList) -> dict[str, object]:
    rows, counts = members.rows(), members.counts()
    inside, aside = _inside(actor, members.cluster), _aside(members)
    return {
        "members": members,
        "cluster": members.cluster,
        "may_accept": actions.accept_members.allowed(actor, members),
        "total": len(rows) + len(aside),
        "in_cluster": sum(counts[fate] for fate in FACES),
        "held": counts[Fate.HELD],
        "doubts": [_doubt(cell) for cell in held_cells(members)],
        "twins": [_twin(row, inside) for row in rows if _is_twin(row)],
        "ready": [_shown(row) for row in rows if row.fate is Fate.READY and not _is_twin(row)],
        "number_ready": counts[Fate.READY],
        "accepted": [_shown(row) for row in rows if row.fate in FACES],
        "tidied": [part for row in rows for part in _tidied(row)],
        "skipped": [_passed_over(row) for row in rows if row.fate is Fate.SKIPPED] + aside,
        "remarks": [sentence(one) for one in members.verdicts["remarks"]],
        "columns": ColumnsForm(members).rows(),
    }


def _passed_over(row: ListRow) -> tuple[str, str]:
    return _raw(row), skipped(row.verdict["skip"])


def _aside(members: MemberList) -> list[tuple[str, str]]:
    """List the lines around the rows: titles and headings, so that nothing is lost unseen."""
    found = members.verdicts["asides"]
    return [(one["text"], skipped(one["reason"])) for one in found if one["text"]]


def _raw(row: ListRow) -> str:
    return " ".join(filter(None, row.verdict["raw"]))[:LONGEST_SHOWN]


def _title(row: ListRow) -> str:
    return row.value("name") or _raw(row) or _("Row %(number)s") % {"number": row.number}


def _shown(row: ListRow) -> Shown:
    kind, role = row.value("kind"), row.value("role")
    return Shown(
        row.number,
        _title(row),
        str(Organisation.Kind(kind).label) if kind in Organisation.Kind else "",
        str(Role(role).label) if role in Role else "",
        row.value("inn"),
        row.value("director"),
        FACES.get(row.fate),
    )


def _doubt(cell: HeldCell) -> Doubt:
    text = " ".join(map(sentence, cell.findings))
    label = f"{FIELDS.get(cell.field, cell.field)}: {_title(cell.row)}"
    whole = cell.field == WHOLE_ROW
    pattern = PATTERNS.get(cell.field, "")
    return Doubt(
        cell.row,
        _title(cell.row),
        str(_("Whole row") if whole else FIELDS.get(cell.field, cell.field)),
        cell.key,
        None if whole else Cell(f"cell-{cell.key}", cell.value, label, text, pattern),
        text,
        cell.suggestion,
        cell.may_stay,
    )


def _is_twin(row: ListRow) -> bool:
    return row.fate is Fate.DUPLICATE or bool(row.fate is Fate.READY and row.organisation)


def _inside(actor: Actor, cluster: Cluster) -> set[str]:
    """Name the organisations that are in the cluster already."""
    members = Membership.objects.visible_to(actor).filter(cluster=cluster).live()
    return {str(key) for key in members.values_list("organisation__public_id", flat=True)}


def _twin(row: ListRow, inside: set[str]) -> Twin:
    found = [one for one in row.verdict["problems"] if one["code"] in TWINS]
    by_name = any(one["facts"]["same"] == "name" for one in found)
    if row.organisation in inside:
        text = _("Already in the cluster: only missing details are added.")
    else:
        text = " ".join(map(sentence, found))
    return Twin(row, _title(row), text, may_differ=by_name)


def _tidied(row: ListRow) -> list[Tidied]:
    """List what was put right in a row without asking, a line for each value."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    for one in row.notes():
        if one["field"]:
            told.setdefault(one["field"], []).append(one)
    return [
        Tidied(
            row.number,
            str(FIELDS.get(field, "")),
            " ".join(map(sentence, notes)),
            next((one["before"] for one in notes if one["before"]), ""),
            next((one["after"] for one in notes if one["before"]), "") or "",
        )
        for field, notes in told.items()
    ]


bring = by_method(get=_ask, post=_read)
