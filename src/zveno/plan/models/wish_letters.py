"""Letters to members about their wishes: asked, and reminded, by a link that answers for them."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zveno.kernel import clock, outbox
from zveno.people.models import Link, Mail, write_to
from zveno.plan.models.wishes import LINKED, Wisher


def end_links(wisher: Wisher) -> None:
    """End the links by which a member could answer so far."""
    opens = [[LINKED, wisher.pk]]
    Link.objects.live().filter(opens=opens).update(ended_at=clock.now())


def mail_to(wisher: Wisher, *, again: bool = False) -> None:
    """Write to those who speak for a member; the link of an older letter opens no more."""
    end_links(wisher)
    outbox.take_back(wisher.about)
    asked = wisher.round
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Reminder: wishes for the plan of %(year)s") if again else ""
        subject = (words or _("Wishes for the plan of %(year)s")) % {"year": asked}
    mail = Mail(
        sender=asked.cluster.base_id,
        about=wisher.about,
        page="plan:wish",
        opens=[(LINKED, wisher.pk)],
        subject=subject,
        template="plan/mail/wishes.txt",
        facts={"round": asked, "again": again},
        until=timezone.make_aware(datetime.combine(asked.until, time.max)),
    )
    wisher.mailed, wisher.mailed_at = write_to(wisher.organisation, mail), clock.now()
