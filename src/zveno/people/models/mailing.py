"""Emails to those who speak for a member: each with a link that opens one thing, no account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from zveno.kernel import clock, outbox
from zveno.organisations.models import Organisation
from zveno.people.models.links import Link, hashed, new_token
from zveno.people.models.persons import Person, Post, rights_of

LASTS = timedelta(days=60)
SPEAKING = (
    *(Post.Role.HEAD, Post.Role.REPRESENTATIVE, Post.Role.COORDINATOR),
    Post.Role.EMPLOYER_REPRESENTATIVE,
)
"""Who is written to in an organisation, and answers for it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What is written to a member, by whom, and which records its link opens at ``page``.

    ``template`` is given ``facts``, ``member``, the ``address`` and until when it opens.

    The link works for 60 days, and ``until`` then if that is later.
    """

    sender: int
    about: str
    page: str
    opens: Iterable[tuple[str, int]]
    subject: str
    template: str
    facts: Mapping[str, object]
    until: datetime | None = None


def write_to(member: Organisation, mail: Mail) -> int:
    """Write to all who speak for a member, or to the address of its card; return to how many."""
    addresses = addresses_of(member)
    if not addresses:
        return 0
    token, until = new_token(), clock.now() + LASTS
    until = max(until, mail.until or until)
    opens = [[kind, key] for kind, key in mail.opens]
    Link.objects.create(issuer_id=mail.sender, token_hash=hashed(token), opens=opens, until=until)
    address = f"{settings.ADDRESS}{reverse(mail.page, args=[token])}"
    facts = {**mail.facts, "member": member, "address": address, "until": until}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(mail.template, facts)
    for to in addresses:
        outbox.post(to, mail.subject, text, about=mail.about)
    return len(addresses)


def addresses_of(member: Organisation) -> list[str]:
    """Return where to write: to those who speak for a member, else to the address of its card."""
    wanted = [role for role in Post.Role.values if rights_of(role) & {*SPEAKING}]
    posts = Post.objects.live().filter(organisation=member, role__in=wanted)
    persons = Person.objects.filter(pk__in=posts.values("person")).exclude(email="")
    found = sorted({email.casefold() for email in persons.values_list("email", flat=True)})
    return found or [*filter(None, [member.email])]
