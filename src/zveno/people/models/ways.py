"""The owner of an account is told at once of each change of what opens it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from zveno.kernel import outbox
from zveno.people.models.notices import Note, Notice, in_each_language, tell_person
from zveno.people.models.persons import Account

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def tell_owner(account: Account, what: "StrPromise", **facts: str) -> None:
    """Tell by a letter and behind the bell ``what`` has changed; ``facts`` are in its words."""
    person = account.person
    if person is None:
        return
    path, words = reverse("people:second_step"), str(what) % facts
    tell_person(person.pk, _note(what, path, facts))
    told = {"person": person, "what": words, "address": f"{settings.ADDRESS}{path}"}
    outbox.post(person.email, words, render_to_string("people/letters/way_in.txt", told))


@in_each_language
def _note(what: "StrPromise", path: str, facts: dict[str, str]) -> Note:
    return Note(Notice.Kind.KNOWN, str(what) % facts, path, gettext("Review it"))
