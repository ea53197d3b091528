"""What people are told of contributions: who promised, gave, confirmed, returned."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.network.models.contributions import Contribution
from zveno.people.models import Note, Notice, in_each_language


@in_each_language
def is_promised(contribution: Contribution) -> Note:
    """Tell who receives it, and the holder of the programme, what a partner promises."""
    title = _("%(giver)s promises: %(what)s") % _facts(contribution)
    return _note(contribution, Notice.Kind.KNOWN, title)


@in_each_language
def is_given(contribution: Contribution) -> Note:
    """Ask who receives it whether it has come."""
    title = _("Confirm what %(giver)s gave: %(what)s") % _facts(contribution)
    return _note(contribution, Notice.Kind.DECIDE, title)


@in_each_language
def is_confirmed(contribution: Contribution) -> Note:
    """Tell the giver that it has come and counts."""
    title = _("%(receiver)s has confirmed: %(what)s") % _facts(contribution)
    return _note(contribution, Notice.Kind.CHANGED, title)


@in_each_language
def is_returned(contribution: Contribution) -> Note:
    """Tell the giver that it is a promise again, and why."""
    title = _("%(receiver)s has returned: %(what)s") % _facts(contribution)
    return _note(contribution, Notice.Kind.DECIDE, title, contribution.reason)


def _facts(contribution: Contribution) -> dict[str, object]:
    return {
        "giver": contribution.giver,
        "receiver": contribution.receiver,
        "what": contribution.what,
    }


def _note(contribution: Contribution, kind: Notice.Kind, title: str, reason: str = "") -> Note:
    return Note(
        kind,
        title,
        reverse("network:contribution", args=[contribution.public_id]),
        _("Open the contribution"),
        text=reason or _("Programme: %(name)s") % {"name": contribution.programme},
        about=contribution.about,
    )
