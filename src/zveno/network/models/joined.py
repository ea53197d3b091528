"""What people are told of invitations into a cluster and of applications."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kernel import clock, outbox
from zveno.network.models.joining import LASTS, Joining
from zveno.people.models import Link, Note, Notice, hashed, in_each_language, new_token

SUBJECTS = {
    "join": gettext_lazy("Invitation to the cluster “%(cluster)s”"),
    "apply": gettext_lazy("Confirm your application to “%(cluster)s”"),
    "joined": gettext_lazy("You are in the cluster “%(cluster)s”"),
    "declined": gettext_lazy("Your application to “%(cluster)s”"),
    "unanswered": gettext_lazy("Your application to “%(cluster)s”"),
}


def write_letter(joining: Joining, letter: str) -> None:
    """Write to the address that was given, with a link that opens what the letter is about."""
    if not joining.email:
        return
    cluster, token = joining.cluster, new_token()
    asks = joining.answered_at is None
    Link.objects.create(
        issuer_id=cluster.base_id,
        token_hash=hashed(token),
        opens=[["network.Joining", joining.pk]],
        until=joining.until if asks else clock.now() + LASTS,
    )
    path = reverse("network:join", args=[token])
    facts = {"joining": joining, "cluster": cluster, "address": f"{settings.ADDRESS}{path}"}
    with translation.override(settings.LANGUAGE_CODE):
        subject = str(SUBJECTS[letter]) % {"cluster": cluster}
        text = render_to_string(f"network/letters/{letter}.txt", facts)
    outbox.post(joining.email, subject, text, about=joining.about)


@in_each_language
def please_join(joining: Joining) -> Note:
    """Ask those who represent an organisation whether it joins."""
    return Note(
        Notice.Kind.DECIDE,
        _("You are invited to the cluster “%(cluster)s”") % {"cluster": joining.cluster},
        _address(joining),
        _("Answer"),
        text=joining.word,
        about=joining.about,
        due=joining.until,
    )


@in_each_language
def wants_to_join(joining: Joining) -> Note:
    """Ask the coordinators whether they take an organisation in."""
    facts = {"name": joining, "cluster": joining.cluster}
    return Note(
        Notice.Kind.DECIDE,
        _("%(name)s asks to join “%(cluster)s”") % facts,
        _address(joining),
        _("Answer"),
        text=joining.word,
        about=joining.about,
        due=joining.until,
    )


@in_each_language
def has_joined(joining: Joining) -> Note:
    """Tell whoever asked that the organisation is in."""
    facts = {"name": joining, "cluster": joining.cluster}
    return Note(
        Notice.Kind.CHANGED,
        _("%(name)s is now in the cluster “%(cluster)s”") % facts,
        reverse("network:cluster", args=[joining.cluster.public_id]),
        _("Open the cluster"),
    )


@in_each_language
def does_not_join(joining: Joining) -> Note:
    """Tell whoever asked that the answer is no, and why."""
    facts = {"name": joining, "cluster": joining.cluster}
    if joining.is_invitation:
        title = _("%(name)s does not join “%(cluster)s”")
    else:
        title = _("%(name)s was not admitted to “%(cluster)s”")
    return Note(
        Notice.Kind.CHANGED, title % facts, _address(joining), _("See why"), text=joining.reason
    )


@in_each_language
def went_unanswered(joining: Joining) -> Note:
    """Tell whoever asked that nobody has answered in time."""
    facts = {"name": joining, "cluster": joining.cluster}
    if joining.is_invitation:
        title = _("%(name)s has not answered the invitation to “%(cluster)s”")
    else:
        title = _("“%(cluster)s” has not answered the application of %(name)s")
    return Note(Notice.Kind.CHANGED, title % facts, _address(joining), _("See what you can do"))


def _address(joining: Joining) -> str:
    return reverse("network:joining", args=[joining.public_id])
