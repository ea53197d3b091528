"""Contacts with employers: who was heard when, the log of them, one of them."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.contacts import ContactForm
from zveno.correspondence.models import Contact, ContactQuerySet, keeping, known_employers, tasks_of
from zveno.correspondence.pages.states import state_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Membership
from zveno.network.pages.answers import draw_again
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell

SHOWN, TAKEN, MOST = 200, 5000, 300
QUIET = (30, 90)
NEVER = Face(_("no contact yet"), "warn", "clock")
HEADS = (
    *(_("Employer"), _("Day"), _("Kind"), _("With whom"), _("What about")),
    *(_("What was agreed"), _("Next step"), _("By which day"), _("Who does it"), _("Noted by")),
)
PAGE = "correspondence/contact.html"


@require_safe
def employers(request: Request) -> HttpResponse:
    """Show employers and when each was heard last; ``?quiet=30`` leaves those silent so long."""
    _require_keeping(request.actor)
    contacts = Contact.objects.visible_to(request.actor).newest()[:TAKEN]
    known = known_employers(_members(request.actor), contacts)
    quiet = request.GET.get("quiet", "")
    days = int(quiet) if quiet in {str(one) for one in QUIET} else 0
    rows = [one for one in known if one.days is None or one.days >= days]
    tasks = tasks_of(request.actor, [one.newest for one in rows if one.newest])
    states = (state_of(tasks.get(one.newest.origin)) if one.newest else None for one in rows)
    facts = {
        "rows": list(zip(rows, states, strict=True))[:SHOWN],
        "quiet": QUIET,
        "chosen": bool(days),
        "never": NEVER,
    }
    return render(request, "correspondence/employers.html", facts)


@require_safe
def contacts(request: Request) -> HttpResponse:
    """Show the log; ``?employer=``, ``?name=`` and ``?kind=`` choose."""
    _require_keeping(request.actor)
    rows = list(_chosen(request)[: SHOWN + 1])
    tasks = tasks_of(request.actor, [one for one in rows if one.next_step])
    facts = {
        "rows": [(one, state_of(tasks.get(one.origin))) for one in rows[:SHOWN]],
        "most": SHOWN if len(rows) > SHOWN else 0,
        "of": rows[0] if rows and request.GET.keys() & {"employer", "name"} else None,
        "kinds": Contact.Kind.choices,
        "query": request.GET.urlencode(),
        "chosen": bool(request.GET.keys() & {"employer", "name", "kind"}),
    }
    return render(request, "correspondence/contacts.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over what the filters leave. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    _require_keeping(request.actor)
    return attached("contacts", kind, HEADS, map(_cells, _chosen(request)[:TAKEN]))


def _chosen(request: Request) -> ContactQuerySet:
    rows = Contact.objects.visible_to(request.actor)
    if request.GET.get("kind") in Contact.Kind.values:
        rows = rows.filter(kind=request.GET["kind"])
    if name := request.GET.get("name", "").replace("\0", ""):
        rows = rows.filter(name__iexact=name[:300])
    if key := _key(request.GET.get("employer", "")):
        rows = rows.filter(employer__public_id=key)
    return rows.newest()


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _cells(one: Contact) -> tuple[object, ...]:
    step = one.next_post.person.short_name if one.next_post else ""
    due = date_format(one.next_due, "d.m.Y") if one.next_due else ""
    return (
        *(one, date_format(one.day, "d.m.Y"), one.get_kind_display(), one.with_whom, one.about),
        *(one.agreed, one.next_step, due, step, one.noted_by or ""),
    )


@require_safe
def _ask(request: Request) -> HttpResponse:
    _require_keeping(request.actor)
    choices = _choices(request.actor)
    own = next((one for one in choices[3] if one.person_id == request.actor.person), None)
    at_first = ContactForm.at_first(own, request.GET.get("employer", ""))
    at_first["name"] = request.GET.get("name", "")
    form = ContactForm(*choices, initial=at_first)
    return render(request, PAGE, {"form": form})


@require_POST
def _note(request: Request) -> HttpResponse:
    with reading(request.actor):
        _require_keeping(request.actor)
        form = ContactForm(*_choices(request.actor), request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            talk = form.talk()
            actions.note_contact(request.actor, UUID(form.cleaned_data["keeper"]), talk=talk)
            tell(request, gettext("The contact is noted."))
            return redirect("correspondence:employers")
    return draw(request, PAGE, {"form": form})


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    contact = _picked(request.actor, key)
    choices = _choices(request.actor, contact)
    form = ContactForm(*choices, initial=ContactForm.filled(contact))
    facts = {"form": form, "contact": contact, "seen": Seen(contact.facts())}
    return render(request, PAGE, facts)


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        contact = _picked(request.actor, key)
        form = ContactForm(*_choices(request.actor, contact), request.POST)
    seen = Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_contact(request.actor, key, talk=form.talk(), seen=seen.words)
            tell(request, gettext("The contact is saved."))
            return redirect("correspondence:contacts")
        seen.follow(form)
    return draw_again(request, PAGE, {"form": form, "contact": contact}, seen)


@require_POST
def remove(request: Request, key: UUID) -> HttpResponse:
    """Remove a contact for good."""
    actions.remove_contact(request.actor, key)
    tell(request, gettext("The contact is removed."))
    return redirect("correspondence:contacts")


def _picked(actor: Actor, key: UUID) -> Contact:
    return Contact.objects.visible_to(actor).newest().pick(key)


def _require_keeping(actor: Actor) -> None:
    if not keeping(actor):
        raise NotAllowed


def _members(actor: Actor) -> list[Organisation]:
    """Return employers that are in the clusters the actor's houses lead or belong to."""
    clusters = Cluster.objects.visible_to(actor).joined_by(actor)
    rows = Membership.objects.visible_to(actor).live().filter(cluster__in=clusters.values("pk"))
    rows = rows.filter(organisation__kind=Organisation.Kind.EMPLOYER)
    found = {one.organisation_id: one.organisation for one in rows.select_related("organisation")}
    return [found[key] for key in sorted(found)]


def _choices(
    actor: Actor, contact: Contact | None = None
) -> tuple[list[Organisation], list[Organisation], list[Post], list[Post]]:
    """Return our houses, the employers of the register, and whoever holds a post there and here.

    Employers of our clusters, and those talked with before, come first.
    """
    keepers = list(Organisation.objects.visible_to(actor).filter(pk__in=keeping(actor)))
    talked = Contact.objects.visible_to(actor).filter(employer__isnull=False).values("employer")
    before = Organisation.objects.visible_to(actor).filter(pk__in=talked)
    known = {one.pk: one for one in [*_members(actor), *before]}
    others = Organisation.objects.visible_to(actor).filter(kind=Organisation.Kind.EMPLOYER)
    others = others.filter(closed_on=None).exclude(pk__in=known).order_by("name", "pk")[:MOST]
    employers = [*sorted((known[key] for key in known), key=str), *others]
    posts = Post.objects.visible_to(actor).select_related("person", "organisation")
    named = (contact.post_id, contact.next_post_id) if contact else ()
    kept = Q(pk__in=[key for key in named if key])
    posts = posts.filter(Q(pk__in=posts.live().values("pk")) | kept)
    posts = posts.order_by("person__family_name", "pk")
    there = list(posts.filter(organisation__in=known)[:MOST])
    ours = list(posts.filter(organisation__in=keeping(actor))[:MOST])
    return keepers, employers, there, ours


new_contact = by_method(get=_ask, post=_note)
contact = by_method(get=_show, post=_change)
