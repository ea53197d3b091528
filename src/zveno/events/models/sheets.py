"""The words of a printed certificate: the page shows them, ``engines.certificates`` draws them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.events.models.awards import AwardKind
from zveno.events.models.certificates import Certificate
from zveno.events.models.events import Event

GROUP = 5
ONE_DAY = timedelta(hours=12)


@translation.override(settings.LANGUAGE_CODE)
def sheet(certificate: Certificate) -> dict[str, str]:
    """Return all that is printed on a certificate, a diploma or a letter of thanks."""
    event, claim = certificate.event, certificate.verification
    return {
        "heading": str(AwardKind(certificate.kind).label),
        "award": str(certificate.get_award_display()) if certificate.award else "",
        "name": certificate.name,
        "school_class": certificate.school_class,
        "event": event.title,
        "details": _details(event),
        "cluster": event.cluster.name,
        "territory": event.cluster.territory.name,
        "issuer": certificate.issuer.name,
        "signatory": certificate.batch.signatory,
        "signatory_post": certificate.batch.signatory_post,
        "number": claim.number,
        "issued": _("Issued on %(day)s") % {"day": long_day(claim.issued_on)},
        "code": in_groups(claim.code),
        "address": settings.ADDRESS + reverse("documents:verification", args=[claim.code]),
    }


def long_day(day: date) -> str:
    """Write a day with its month in words and its year."""
    return date_format(day, "DATE_FORMAT")


def day_of(event: Event) -> date:
    """Return the day the event began on where it was held."""
    return event.starts_at.astimezone(ZoneInfo(event.time_zone)).date()


def in_groups(code: str) -> str:
    """Write a code so that a person can type it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _details(event: Event) -> str:
    kind = capfirst(str(event.get_kind_display()))
    return ", ".join(filter(None, [kind, long_day(day_of(event)), _length(event)]))


def _length(event: Event) -> str:
    """Say how long it took; nothing if it went over night."""
    length = event.ends_at - event.starts_at
    if length > ONE_DAY:
        return ""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    words = [
        ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
        if minutes
        else "",
    ]
    return " ".join(filter(None, words))
