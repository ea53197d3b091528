"""What people are told of the review of a draft."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.network.models.reviews import Review
from zveno.organisations.models import Organisation
from zveno.people.models import Note, Notice, in_each_language


@in_each_language
def has_agreed(review: Review) -> Note:
    """Tell who asked that the draft may go out."""
    return _note(
        review,
        Notice.Kind.CHANGED,
        _("%(name)s has agreed to the draft: %(title)s"),
        _("It may be sent for signature while its text stays as it is."),
    )


@in_each_language
def is_returned(review: Review) -> Note:
    """Tell who asked what to put right."""
    words = _("%(name)s has returned the draft: %(title)s")
    return _note(review, Notice.Kind.DECIDE, words, review.remark)


@in_each_language
def is_switched(organisation: Organisation, *, on: bool) -> Note:
    """Tell who leads an organisation whether its agreements go out after a review only."""
    switched_on = _("Agreements are sent after a review only: %(name)s")
    switched_off = _("Agreements are sent without a review again: %(name)s")
    return Note(
        Notice.Kind.CHANGED,
        (switched_on if on else switched_off) % {"name": organisation},
        reverse("network:signing_orders", args=[organisation.public_id]),
        _("See how agreements are sent"),
    )


def _note(review: Review, kind: Notice.Kind, title: str, text: str) -> Note:
    reader = review.answered_by or review.post.person
    return Note(
        kind,
        title % {"name": reader.short_name, "title": review.agreement.title},
        reverse("network:agreement", args=[review.agreement.public_id]),
        _("Open the draft"),
        text=text,
        about=review.about,
    )
