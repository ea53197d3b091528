"""Letters to families and notices to schools: facts and a link, no child's name."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.learners.models.guardians import Guardian
from zveno.learners.models.lists import ChildList
from zveno.learners.models.transfers import Transfer
from zveno.organisations.models import Organisation
from zveno.people.models import Note, Notice, in_each_language


def family_address(token: str) -> str:
    """Return the address of the page of a family."""
    return f"{settings.ADDRESS}{reverse('desk:family', args=[token])}"


def family_link(school: Organisation, token: str) -> tuple[str, str]:
    """Give a guardian the link of their page: subject and text."""
    subject = _("Your family page: %(school)s") % {"school": school}
    text = _(
        "%(school)s keeps some data about your child to take part in events.\n\n"
        "On your page you see what is kept and who has seen it, and you decide on consents. "
        "It takes a minute and needs no account.\n\n"
        "Open the family page:\n%(address)s\n\n"
        "The link is yours alone: please do not forward it.\n"
    ) % {"school": school.name, "address": family_address(token)}
    return subject, text


@in_each_language
def child_offered(offer: Transfer) -> Note:
    """Tell the other side that a child is offered to it; who, the page tells."""
    return Note(
        Notice.Kind.DECIDE,
        _("A child is offered to you by %(school)s") % {"school": offer.owner},
        reverse("learners:take", args=[offer.public_id]),
        _("Accept or decline"),
        about=offer.about,
    )


@in_each_language
def list_given(brought: ChildList, giver: Organisation, number: int) -> Note:
    """Tell a school that a list of its children waits; who they are, the page tells."""
    rows = ngettext("%(number)s row", "%(number)s rows", number) % {"number": number}
    return Note(
        Notice.Kind.DECIDE,
        _("A list of your children came from %(giver)s: %(rows)s") % {"giver": giver, "rows": rows},
        reverse("learners:list", args=[brought.public_id]),
        _("Look through the list"),
        about=brought.about,
    )


@in_each_language
def somebody_to_confirm(guardian: Guardian) -> Note:
    """Ask the school whether somebody is who they say they are."""
    return Note(
        Notice.Kind.DECIDE,
        _("A parent asks to be confirmed"),
        reverse("learners:consents", args=[guardian.owner.public_id]),
        _("See who"),
        about=guardian.about,
    )
