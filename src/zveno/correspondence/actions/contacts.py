"""Verbs: a contact with an employer is noted, put right, removed; its next step is a task."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.correspondence import rules
from zveno.correspondence.models import Contact
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words, guarding
from zveno.organisations.models import Organisation
from zveno.people.actions import Assignment, give_task, settle_origin
from zveno.people.models import Post


class OneEmployer(BadInput):
    """A contact is with one employer: of the register, or known by name alone."""

    code = "one_employer"
    message = _("Choose the employer from the list, or enter its name if it is not there.")
    field = "employer"


class NotAnEmployer(BadInput):
    """Contacts are noted with employers."""

    code = "not_an_employer"
    message = _("This organisation is no employer. Choose another one.")
    field = "employer"


class ContactAhead(BadInput):
    """What is noted has been."""

    code = "contact_ahead"
    message = _("This day is ahead. Enter the day of the talk; what comes next is the next step.")
    field = "day"


class StepForNobody(BadInput):
    """A next step is done by somebody of the house who holds a post now, until a day to come."""

    code = "step_for_nobody"
    message = _("A next step needs a day to come and somebody of your organisation who does it.")
    field = "next_step"


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said with an employer: of the register (``employer``), or known by ``name``.

    With whom: the holder of a ``post`` there, or a name (``whom``). ``next_post`` does the next
    step. ``key`` makes a form sent twice one contact.
    """

    key: UUID
    day: date
    kind: str
    about: str
    employer: UUID | None = None
    name: str = ""
    post: UUID | None = None
    whom: str = ""
    agreed: str = ""
    next_step: str = ""
    next_due: date | None = None
    next_post: UUID | None = None


PLAIN = ("name", "day", "kind", "whom", "about", "agreed", "next_step", "next_due")


@action(rules.notes_contacts, on=Organisation)
def note_contact(actor: Actor, organisation: Organisation, *, talk: Talk) -> Contact:
    """Note a contact with an employer; its next step becomes a task in the house.

    Raises ``OneEmployer``, ``NotAnEmployer``, ``ContactAhead`` and ``StepForNobody``.
    """
    facts = _facts(organisation, talk)
    contact, new = Contact.objects.get_or_create(
        public_id=talk.key, keeper=organisation, defaults=facts | {"noted_by_id": actor.person}
    )
    if new:
        _give(actor, contact)
    return contact


@action(rules.keeps_contact, on=Contact, lock=True)
def change_contact(
    actor: Actor, contact: Contact, *, talk: Talk, seen: Words | None = None
) -> None:
    """Put a contact right; its task follows.

    Raises as ``note_contact``, and ``ChangedMeanwhile``.
    """
    old = {name: getattr(contact, name) for name in ("next_step", "next_due", "next_post_id")}
    facts = _facts(contact.keeper, talk, old)
    with guarding(seen, contact.facts):
        for name, value in facts.items():
            setattr(contact, name, value)
        contact.save(update_fields=[name.removesuffix("_id") for name in facts])
    if old == {name: getattr(contact, name) for name in old}:
        return
    if contact.next_step:
        _give(actor, contact)
    else:
        _settle(actor, contact)


@action(rules.keeps_contact, on=Contact, lock=True)
def remove_contact(actor: Actor, contact: Contact) -> None:
    """Remove a contact for good, and its task with it."""
    _settle(actor, contact)
    contact.delete()


def _facts(keeper: Organisation, talk: Talk, old: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the fields of a contact; a next step that stays as it was may be over."""
    if (talk.employer is None) == (not talk.name):
        raise OneEmployer
    if talk.day > clock.today():
        raise ContactAhead
    employer = _employer(talk)
    there = _post(employer, talk.post)
    step = _step(keeper, talk)
    if talk.next_step and step != old:
        _require_doable(step)
    plain = {name: getattr(talk, name) for name in PLAIN}
    return plain | step | {"employer": employer, "post_id": there.pk if there else None}


def _employer(talk: Talk) -> Organisation | None:
    if talk.employer is None:
        return None
    found = Organisation.objects.filter(public_id=talk.employer).first()
    if found is None or found.kind != Organisation.Kind.EMPLOYER:
        raise NotAnEmployer
    return found


def _step(keeper: Organisation, talk: Talk) -> dict[str, Any]:
    if not talk.next_step:
        return {"next_step": "", "next_due": None, "next_post_id": None}
    post = _post(keeper, talk.next_post)
    return {
        "next_step": talk.next_step,
        "next_due": talk.next_due,
        "next_post_id": post.pk if post else None,
    }


def _require_doable(step: dict[str, Any]) -> None:
    due, live = step["next_due"], Post.objects.live().filter(pk=step["next_post_id"] or 0)
    if due is None or due < clock.today() or not live.exists():
        raise StepForNobody


def _post(house: Organisation | None, key: UUID | None) -> Post | None:
    return Post.objects.filter(organisation=house, public_id=key).first() if key else None


def _give(actor: Actor, contact: Contact) -> None:
    post = Post.objects.filter(pk=contact.next_post_id or 0).first()
    if not contact.next_step or contact.next_due is None or post is None:
        return
    task = Assignment(
        text=f"{contact}: {contact.next_step}"[:400],
        due=contact.next_due,
        post=post,
        origin=contact.origin,
        url=f"/contacts/{contact.public_id}/",
        giver=contact.keeper,
    )
    give_task(actor, contact.keeper.public_id, task=task)


def _settle(actor: Actor, contact: Contact) -> None:
    settle_origin(actor, contact.keeper.public_id, origin=contact.origin, dropped=True)
