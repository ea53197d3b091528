"""What people are told of agreements: notices with one button."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
def has_refused(agreement: Agreement, party: Party) -> Note:
    """Tell the coordinators that a party does not sign, and why."""
    facts = {"name": party.organisation, "title": agreement.title}
    return Note(
        Notice.Kind.DECIDE,
        _("%(name)s refuses to sign: %(title)s") % facts,
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=party.refusal,
    )


@in_each_language
def is_withdrawn(agreement: Agreement, reason: str) -> Note:
    """Tell the parties that the text was taken back and another will come."""
    return Note(
        Notice.Kind.CHANGED,
        _("Withdrawn from signature: %(title)s") % {"title": agreement.title},
        reverse("network:agreements", args=[agreement.cluster.public_id]),
        _("Open the agreements"),
        text=_("Do not sign this text: another will come. Reason: %(reason)s") % {"reason": reason},
    )


@in_each_language
def has_joined(agreement: Agreement, party: Party) -> Note:
    """Tell the parties who has joined them by a sheet."""
    facts = {"name": party.organisation, "title": agreement.title}
    return Note(
        Notice.Kind.CHANGED,
        _("%(name)s has joined: %(title)s") % facts,
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=_("By an accession sheet: you need not sign anything."),
    )


@in_each_language
def ends(agreement: Agreement) -> Note:
    """Tell the parties that the agreement is terminated, from which day, and why."""
    facts = {"title": agreement.title, "reason": agreement.end_reason}
    facts["day"] = date_format(agreement.last_day, "d.m.Y")
    return Note(
        Notice.Kind.CHANGED,
        _("Terminated: %(title)s") % facts,
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=_("It is in force until %(day)s. Reason: %(reason)s") % facts,
    )


@in_each_language
def ends_soon(agreement: Agreement, days: int) -> Note:
    """Remind of the last day, and tell what happens then."""
    facts = {"title": agreement.title, "day": date_format(agreement.last_day, "d.m.Y")}
    title = ngettext(
        "%(days)s day until the end: %(title)s", "%(days)s days until the end: %(title)s", days
    )
    if agreement.ends_on:
        text = _("It was terminated and is in force until %(day)s.")
    elif agreement.auto_renew:
        text = _("After %(day)s it is prolonged by a year, unless a party objects in time.")
    elif agreement.renewal():
        text = _("After %(day)s it is not in force. Its renewal has been drawn: sign it in time.")
    else:
        text = _("After %(day)s it is not in force. Draw a new one.")
    return Note(
        Notice.Kind.DECIDE,
        title % (facts | {"days": days}),
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=text % facts,
    )


@in_each_language
def is_prolonged(agreement: Agreement) -> Note:
    """Tell the parties until when the agreement goes on."""
    facts = {"title": agreement.title, "day": date_format(agreement.valid_until, "d.m.Y")}
    return Note(
        Notice.Kind.CHANGED,
        _("Prolonged until %(day)s: %(title)s") % facts,
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
    )


@in_each_language
def has_ended(agreement: Agreement) -> Note:
    """Tell the parties that the agreement is in force no more."""
    facts = {"title": agreement.title, "day": date_format(agreement.last_day, "d.m.Y")}
    return Note(
        Notice.Kind.CHANGED,
        _("Last day was %(day)s: %(title)s") % facts,
        reverse("network:agreement", args=[agreement.public_id]),
        _("Open the agreement"),
        text=_("It goes on by its renewal.") if agreement.state == agreement.State.RENEWED else "",
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
