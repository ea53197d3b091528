"""How posts and invitations look."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.people.models import Invitation, Person, Post
from zveno.people.rules import helps_here
from zveno.ui.faces import Face, Option

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Role = Post.Role
MAY: dict[str, "StrPromise"] = {
    Role.HEAD: _("Signs agreements, appoints people, leads groups"),
    Role.COORDINATOR: _("Leads clusters, agreements, plan and events; appoints people"),
    Role.METHODIST: _("Sees clusters, plan and events"),
    Role.REPRESENTATIVE: _("Leads groups and consents"),
    Role.SCHOOL_REPRESENTATIVE: _("Leads groups and consents of the school"),
    Role.KINDERGARTEN_REPRESENTATIVE: _("Leads groups and consents of the kindergarten"),
    Role.EMPLOYER_REPRESENTATIVE: _("Sees clusters, agreements and events"),
    Role.TEACHER: _("Checks people in"),
    Role.LAB_HEAD: _("Sees what is planned in the laboratory"),
    Role.TRAINING_CLERK: _("Keeps course paperwork"),
    Role.REGIONAL_AUTHORITY: _("Sees figures, no names of children"),
    Role.AUDITOR: _("Reads the organisation’s journal"),
    Role.OPERATOR: _("Looks after the installation, cannot see children’s data"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table of people."""

    post: Post
    may: "StrPromise"
    face: Face
    mine: bool
    invitable: bool
    invited_until: datetime | None = None
    helpable: bool = False

    @property
    def name(self) -> str:
        """Return the full name."""
        return str(self.person)

    @property
    def person(self) -> Person:
        """Who holds the post."""
        return self.post.person


def row_of(post: Post, invitation: Invitation | None, actor: Actor) -> Row:
    """Make the line of a post as ``actor`` sees it."""
    known: bool = post.has_account  # type: ignore[attr-defined]
    return Row(
        post,
        MAY[post.role],
        _face(known=known, invited=invitation is not None),
        post.person_id == actor.person,
        invitable=not known and not post.is_over,
        invited_until=invitation.link.until if invitation else None,
        helpable=known and helps_here(actor, post),
    )


def _face(*, known: bool, invited: bool) -> Face:
    if known:
        return Face(_("Signs in"), "ok", "check")
    if invited:
        return Face(_("Invited"), "brass", "mail")
    return Face(_("No account"), "", "off")


def options(kind: str, *, operator: bool) -> list[tuple[str, Option]]:
    """Return the roles an organisation of ``kind`` has posts for, each with what it may."""
    offered = [role for role in Role if Post.fits(role, kind)]
    own = any(role in offered for role in SPECIAL)
    left_out = {Role.REPRESENTATIVE} if own else set()
    if not operator:
        left_out.add(Role.OPERATOR)
    return [
        (role.value, Option(capfirst(role.label), MAY[role]))
        for role in offered
        if role not in left_out
    ]


SPECIAL = (
    Role.SCHOOL_REPRESENTATIVE,
    Role.KINDERGARTEN_REPRESENTATIVE,
    Role.EMPLOYER_REPRESENTATIVE,
)
