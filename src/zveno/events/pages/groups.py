"""A group: its list, its consents, what it looks like when all is there."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms import STEPS, Choice, PasteForm, Roll
from zveno.events.models import Group, Place, children_beside, said_of
from zveno.events.pages.register import classes_offered, rows_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions as learners
from zveno.learners.models import ConsentOrder, Learner, Method, Purpose, consent_text
from zveno.organisations.models import Headings, Organisation
from zveno.ui.toasts import tell

ROWS_REFUSED = (BadInput, actions.SomeCame, actions.NoSeatsHeld)


@require_safe
def group(request: Request, key: UUID) -> HttpResponse:
    """Show the next step of a group: the list, the consents, or that all is there."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        return redirect("events:event", found.event.public_id)
    if found.state == Group.State.RESERVED:
        return _draw_list(request, found, PasteForm())
    if found.state == Group.State.LISTED and found.missing:
        return _draw_consents(request, found)
    return _draw_done(request, found)


@require_safe
def show_list(request: Request, key: UUID) -> HttpResponse:
    """Ask for the list, the first or another one."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    return _draw_list(request, found, PasteForm())


@require_POST
def take_list(request: Request, key: UUID) -> HttpResponse:
    """Recognise a list; accept it when nothing is left to mend.

    Who says what a column holds first sees how the list is read then.
    """
    with reading(request.actor):
        found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    form, carried = PasteForm(request.POST, request.FILES), _is_carried(request)
    listed = _of_register(request, found)
    if not carried and not listed and not form.is_valid():
        with reading(request.actor):
            return _draw_list(request, _group(request.actor, key), form)
    source = listed or (_carried(request) if carried else _brought(form))
    roll = _roll(request, found, source)
    choice = Choice(roll.posted)
    if fields := choice.meanings(roll.columns):
        actions.explain_columns(request.actor, key, fields=fields)
    if "accept" not in request.POST or choice.is_new or not roll.rows or roll.bad:
        return _again(request, key, roll)
    try:
        actions.list_children(request.actor, key, children=roll.children())
    except ROWS_REFUSED as refusal:
        return _again(request, key, roll, refusal)
    words = ngettext(
        "%(count)s child is listed.", "%(count)s children are listed.", len(roll.taken)
    )
    tell(request, words % {"count": len(roll.taken)})
    return redirect("events:group", key)


def _of_register(request: Request, group: Group) -> dict[str, str]:
    """Read the class of the register that was chosen, if one was."""
    if "register" not in request.POST:
        return {}
    with reading(request.actor):
        text = rows_of(request.actor, group, request.POST["register"])
    return {"text": text, "file": "", "label": ""} if text else {}


def _is_carried(request: Request) -> bool:
    """Whether the page carries a list along that was shown already."""
    return bool({"accept", "columns"} & request.POST.keys())


def _brought(form: PasteForm) -> dict[str, str]:
    source = form.source()
    label = form.cleaned_data["label"]
    return {"text": source.get("text", ""), "file": source.get("file", ""), "label": label}


def _carried(request: Request) -> dict[str, str]:
    """Read the list that the page carries along."""
    names = {"text": "text", "file": "source", "label": "text_label"}
    return {name: request.POST.get(sent, "") for name, sent in names.items()}


def _posted(request: Request) -> dict[str, str]:
    """Return what was said of the list; a list read by other columns is looked at afresh."""
    posted = request.POST.dict()
    if not Choice(posted).is_new:
        return posted
    said = ("column-", "was-", "said-", "headed")
    return {name: value for name, value in posted.items() if name.startswith(said)}


def _roll(request: Request, group: Group, source: Mapping[str, str]) -> Roll:
    headings = Headings.objects
    with reading(request.actor):
        remembered = headings.visible_to(request.actor).explained(
            group.sender_id, actions.CLASS_LIST
        )
    roll = Roll(
        event=group.event,
        kindergarten=group.sender.kind == Organisation.Kind.PRESCHOOL,
        text=source["text"],
        file=source["file"],
        label=source["label"][:10],
        remembered=remembered,
        posted=_posted(request) if _is_carried(request) else {},
    )
    with reading(request.actor):
        known = Learner.objects.visible_to(request.actor).filter(owner=group.sender)
        found = list(known.called(roll.keys()))
        beside = children_beside(request.actor, group.event, [child.pk for child in found])
        roll.match(found, {pk: said_of(event) for pk, event in beside.items()})
    return roll


def _again(
    request: Request, key: UUID, roll: Roll, refusal: DomainError | None = None
) -> HttpResponse:
    with reading(request.actor):
        found = _group(request.actor, key)
        if not roll.rows:
            form = PasteForm({"paste": roll.text, "label": roll.label})
            if roll.file:
                form.errors.pop("paste", None)
            form.add_error("file" if roll.file else "paste", roll.refused)
            return _draw_list(request, found, form)
        facts = {"roll": roll, "refusal": refusal, "pressed": "accept" in request.POST}
        return _draw_list(request, found, PasteForm(), facts)


@require_safe
def show_consents(request: Request, key: UUID) -> HttpResponse:
    """Ask whose consents are kept at the school."""
    found = _group(request.actor, key)
    if not actions.keep_consents.allowed(request.actor, found):
        raise NotAllowed
    return _draw_consents(request, found)


@require_POST
def take_consents(request: Request, key: UUID) -> HttpResponse:
    """Note whose consents are kept at the school."""
    places = keys_of(request.POST.getlist("place"))
    if places:
        try:
            noted = actions.keep_consents(request.actor, key, places=places)
        except learners.WayOff:
            with reading(request.actor):
                answer = _draw_consents(request, _group(request.actor, key))
            answer.status_code = 409
            return answer
        words = ngettext(
            "%(count)s consent recorded: the host can see the child.",
            "%(count)s consents recorded: the host can see the children.",
            noted,
        )
        if noted:
            tell(request, words % {"count": noted})
        return redirect("events:done", key)
    with reading(request.actor):
        found = _group(request.actor, key)
        if not actions.keep_consents.allowed(request.actor, found):
            raise NotAllowed
        return _draw_consents(request, found, nobody=True)


@require_safe
def done(request: Request, key: UUID) -> HttpResponse:
    """Show the group as it stands."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    return _draw_done(request, found)


@require_POST
def withdraw(request: Request, key: UUID, place: UUID) -> HttpResponse:
    """Note that a guardian takes the consent back."""
    with reading(request.actor):
        Place.objects.visible_to(request.actor).filter(group__public_id=key).pick(place)
    actions.withdraw_consent(request.actor, place)
    tell(request, _("Consent withdrawn: the host can no longer see the child."))
    return redirect("events:done", key)


def keys_of(texts: Iterable[str]) -> list[UUID]:
    """Read public ids; what is none is passed over."""
    keys = []
    for text in texts:
        with suppress(ValueError):
            keys.append(UUID(text))
    return keys


def _group(actor: Actor, key: UUID) -> Group:
    return (
        Group.objects.visible_to(actor)
        .select_related("event__host", "event__cluster", "sender")
        .pick(key)
    )


def _places(actor: Actor, group: Group) -> list[Place]:
    listed = Place.objects.visible_to(actor).filter(group=group).by_name()
    places = list(listed.select_related("learner"))
    if group.event.is_open and places:
        elsewhere = children_beside(actor, group.event, [place.learner_id for place in places])
        for place in places:
            place.elsewhere = elsewhere.get(place.learner_id)
    return places


def _draw_list(
    request: Request, group: Group, form: PasteForm, facts: Mapping[str, object] | None = None
) -> HttpResponse:
    frame = {"group": group, **_about(group), "form": form, "steps": STEPS}
    due = group.list_due if group.state == Group.State.RESERVED else None
    frame["due"] = group.event.in_words(due) if due else ""
    frame["classes"] = [] if facts else classes_offered(request.actor, group)
    status = 422 if form.errors else 200
    return render(request, "events/group_list.html", {**frame, **(facts or {})}, status=status)


def _draw_consents(request: Request, group: Group, *, nobody: bool = False) -> HttpResponse:
    ways = ConsentOrder.objects.visible_to(request.actor).ways_of(group.sender)
    facts = {
        "group": group,
        **_about(group),
        "places": _places(request.actor, group),
        "text": consent_text(Purpose.PARTICIPATION, group.sender.name),
        "kept": Method.KEPT in ways,
        "nobody": nobody,
        "steps": STEPS,
    }
    status = 422 if nobody else 200
    return render(request, "events/group_consents.html", facts, status=status)


def _about(group: Group) -> dict[str, object]:
    """Name what a page about a group is about: its event, and the cluster shown in the menu."""
    return {"event": group.event, "of_cluster": group.event.cluster}


def _draw_done(request: Request, group: Group) -> HttpResponse:
    facts = {"group": group, **_about(group), "places": _places(request.actor, group)}
    if group.offered_until:
        facts["until"] = group.event.in_words(group.offered_until)
    return render(request, "events/group.html", facts)


roll = by_method(get=show_list, post=take_list)
consents = by_method(get=show_consents, post=take_consents)
