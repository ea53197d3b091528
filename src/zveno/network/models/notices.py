"""What people are told of agreements: notices with one button."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.network.models.agreements import Agreement, Party
from zveno.people.models import Note, Notice, in_each_language


@in_each_language
def please_sign(agreement: Agreement, party: Party) -> Note:
    """Ask the head of a party to sign."""
    return Note(
        Notice.Kind.DECIDE,
        _("Please sign: %(title)s") % {"title": agreement.title},
        reverse("network:sign_party", args=[party.public_id]),
        _("Sign"),
        about=party.letter_about,
    )


@in_each_language
def has_signed(agreement: Agreement, party: Party) -> Note:
    """Tell the coordinators that one more has signed."""
    return Note(
        Notice.Kind.CHANGED,
        _("Signed by %(name)s: %(title)s") % {"name": party.organisation, "title": agreement.title},
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=_("Signed: %(signed)s of %(all)s")
        % {"signed": agreement.signed, "all": agreement.parties_count},
    )


@in_each_language
def is_in_force(agreement: Agreement) -> Note:
    """Tell all parties that the agreement is in force."""
    return Note(
        Notice.Kind.CHANGED,
        _("In force: %(title)s") % {"title": agreement.title},
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
    )
