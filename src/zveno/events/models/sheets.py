"""The words of a printed certificate: the page shows them, ``engines.certificates`` draws them."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.events.models.awards import Award, AwardKind
from zveno.events.models.certificates import Certificate
from zveno.events.models.designs import Accent, CertificateDesign, Look, filled
from zveno.events.models.events import Event
from zveno.kernel import clock

GROUP = 5
ONE_DAY = timedelta(hours=12)


@translation.override(settings.LANGUAGE_CODE)
def sheet(certificate: Certificate) -> dict[str, str]:
    """Return all that is printed on a certificate, a diploma or a letter of thanks."""
    event, claim = certificate.event, certificate.verification
    award = str(certificate.get_award_display()) if certificate.award else ""
    facts = {
        "имя": certificate.name,
        "класс": certificate.school_class,
        "событие": event.title,
        "дата": long_day(day_of(event)),
        "часы": _hours(event),
        "награда": award,
        "организация": certificate.issuer.name,
        "кластер": event.cluster.name,
    }
    return _looks(certificate.kind, certificate.batch.design, facts) | {
        "award": award,
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


def _looks(kind: str, design: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, str]:
    """Return the part of a sheet that its design says."""
    return {
        "heading": design.get("heading") or str(AwardKind(kind).label),
        "words": filled(design.get("words", ""), facts),
        "design": design.get("look") or Look.FRAME.value,
        "accent": design.get("accent") or Accent.PETROL.value,
        "portrait": "1" if design.get("portrait") else "",
    }


@translation.override(settings.LANGUAGE_CODE)
def sample_sheet(design: CertificateDesign, signatory: str) -> dict[str, str]:
    """Return the sheet of an invented person at an invented event, as a design says."""
    house, today = design.organisation, clock.today()
    diploma = design.kind == AwardKind.DIPLOMA
    adult = design.kind == AwardKind.THANKS
    facts = {
        "имя": "Орехова Светлана Юрьевна" if adult else "Дарья Абрамова",
        "класс": "учитель, школа № 900 (пример)" if adult else "Школа № 900 (пример), 7 «А»",
        "событие": "День лабораторий",
        "дата": long_day(today),
        "часы": hours_in_words(Decimal(2)),
        "награда": str(Award.FIRST.label) if diploma else "",
        "организация": house.name,
        "кластер": "Робототехника и инженерное дело",
    }
    return _looks(design.kind, design.copied(), facts) | {
        "award": facts["награда"],
        "name": facts["имя"],
        "school_class": facts["класс"],
        "event": facts["событие"],
        "details": f"Профессиональная проба, {facts['дата']}",
        "cluster": facts["кластер"],
        "territory": "",
        "issuer": house.name,
        "signatory": design.signatory or signatory,
        "signatory_post": design.signatory_post or _("cluster coordinator"),
        "number": f"{today.year}-000000",
        "issued": _("Issued on %(day)s") % {"day": facts["дата"]},
        "code": "",
        "address": settings.ADDRESS + reverse("documents:verify"),
        "mark": "(пример)",
    }


def hours_in_words(hours: Decimal) -> str:
    """Say how many academic hours: «2 академических часа», «1,5 академических часа»."""
    if hours != hours.to_integral_value():
        return _("%(count)s academic hours") % {"count": number_format(hours.normalize())}
    words = ngettext("%(count)s academic hour", "%(count)s academic hours", int(hours))
    return words % {"count": int(hours)}


def _hours(event: Event) -> str:
    return hours_in_words(event.hours) if event.hours else _length(event)


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
