"""Who saw a child: told by organisation and post, never by name, to who answers for the child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Means
from zveno.kernel.models import Entry, journal_key
from zveno.learners.models.children import Learner
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PAGES: dict[str, "StrPromise"] = {
    "events:group": _("group of an event"),
    "events:children": _("uploading a list"),
    "events:consents": _("recording consents"),
    "events:trip": _("trip of a group"),
    "events:pack_pdf": _("papers of a trip"),
    "events:pack_docx": _("papers of a trip"),
    "events:escorts": _("adults with a group"),
    "events:departing": _("list of those who leave"),
    "events:done": _("group with its consents"),
    "events:check": _("check-in at the door"),
    "events:entrance_list": _("list on a phone at the door"),
    "events:codes": _("codes for the entrance"),
    "events:paper": _("list on paper for the door"),
    "events:briefing": _("sheet of the safety briefing"),
    "events:event": _("event"),
    "events:care": _("what the child needs on the day"),
    "events:certificates": _("certificates of an event"),
    "events:certificates_pdf": _("certificates file"),
    "events:certificate_pdf": _("certificate file"),
    "events:certificates_zip": _("certificates file"),
    "events:diplomas": _("choice of winners"),
    "events:void_certificate": _("voiding of a certificate"),
    "events:class_hours": _("hours of a class"),
    "desk:record": _("who saw and changed it"),
    "learners:class": _("list of a class"),
    "learners:card": _("card of the child"),
    "learners:edit": _("correcting the card"),
    "desk:family": _("page of the family"),
    "desk:family_child": _("page of the family"),
    "desk:family_copy": _("copy of the data for the family"),
    "desk:family_certificate": _("certificate file"),
    "learners:consents": _("consents of a class"),
    "learners:family_codes": _("consents of a class"),
    "learners:guardians": _("parents and consents of a child"),
    "learners:destruction": _("destruction of data"),
    "learners:renew_family_link": _("parents and consents of a child"),
    "learners:restrict_guardian": _("parents and consents of a child"),
    "learners:seen": _("who saw this child"),
}
"""Pages that show children."""
ANOTHER = _("another page about the child")
BY_PROGRAM = _("program, on behalf of the organisation")
WITHOUT_ACCOUNT: dict[str, "StrPromise"] = {
    Means.LINK: _("link of the family"),
    Means.SYSTEM: _("Zveno itself"),
}
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a child: when, for which organisation, by which post, on what kind of page.

    ``key`` names the entry of the journal.
    """

    key: UUID
    at: datetime
    organisation: str
    post: str
    page: str


def seen_by(learner: Learner, *, after: UUID | None = None, most: int = SHOWN) -> list[Look]:
    """Return who saw the child, the newest first, from the look after ``after`` on.

    Nobody is named: an organisation and a post say who answers for the look. For who may ask, see
    ``rules.answers_for`` and the page of the family.
    """
    seen = Q(details__has_key="seen", details__contains={"seen": [learner.journal_key]})
    entries = list(Entry.objects.filter(seen).newest(after)[:most])
    houses = {entry.organisation for entry in entries if entry.organisation}
    # Whoever may ask is told the names of all who looked: a family sees into no register.
    names = dict(Organisation.objects.filter(pk__in=houses).values_list("pk", "name"))
    posts = _posts(houses)
    return [_look(entry, names, posts) for entry in entries]


def _look(entry: Entry, names: dict[int, str], posts: "Posts") -> Look:
    return Look(
        entry.public_id,
        entry.at,
        names.get(entry.organisation or 0, ""),
        _post(entry, posts),
        page_in_words(entry.target_key),
    )


def page_in_words(name: str) -> str:
    """Say which page it was; a program reads through the same door by an address of its own."""
    return str(PAGES.get(name, BY_PROGRAM if name.startswith("api") else ANOTHER))


Posts = dict[tuple[int, str], list[Post]]


def _posts(houses: set[int]) -> Posts:
    """Find the posts of ``houses`` by the pseudonyms their holders have in the journal."""
    found: Posts = {}
    for post in Post.objects.filter(organisation__in=houses).order_by("-since", "-pk"):
        key = (post.organisation_id, journal_key(Person, post.person_id))
        found.setdefault(key, []).append(post)
    return found


def _post(entry: Entry, posts: Posts) -> str:
    """Name the post held at the moment of the look; else how they came in."""
    held: Sequence[Post] = posts.get((entry.organisation or 0, entry.actor_key), [])
    then = [post for post in held if post.since <= entry.at and not _ended(post, entry.at)]
    words = str(next(iter(then or held), "") or WITHOUT_ACCOUNT.get(entry.means, ""))
    if entry.means == Means.TOKEN:
        return ", ".join(filter(None, [words, str(BY_PROGRAM)]))
    return words


def _ended(post: Post, moment: datetime) -> bool:
    return post.until is not None and post.until <= moment
