"""Small marks inside other things: icons, chips, counts, initials, days."""

from datetime import date, datetime
from functools import cache

from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zveno.ui.faces import Face
from zveno.ui.templatetags.ui.registry import register


@cache
def _sprite() -> str:
    return static("ui/sprite.svg")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon that says nothing by itself: {% icon "pen" %}. Nothing for an empty name."""
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', _sprite(), name
    )


@register.simple_tag
def chip(text: object, tone: str = "", picture: str = "") -> SafeString:
    """Show a word with a tone and an icon: {% chip _("Signed") "ok" "check" %}."""
    style = f"chip chip--{tone}" if tone else "chip"
    return format_html('<span class="{}">{}{}</span>', style, icon(picture), text)


@register.simple_tag
def status(face: Face) -> SafeString:
    """Show the face a room gives to a state: {% status row.face %}."""
    return chip(face.text, face.tone, face.icon)


@register.simple_tag
def count(number: int, words: str = "") -> SafeString:
    """Show how many are new, nothing for none: {% count 4 _("wait for you") %}."""
    if not number:
        return SafeString("")
    return format_html(
        '<span class="count">{}<span class="vh"> {}</span></span>', str(number), words
    )


@register.simple_tag
def avatar(name: str, tone: str = "") -> SafeString:
    """Show the initials of the first two words of a name: {% avatar person.name %}."""
    letters = "".join(word[0] for word in name.split()[:2]).upper()
    style = f"ava ava--{tone}" if tone else "ava"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', style, letters)


@register.inclusion_tag("ui/day.html")
def day(moment: date) -> dict[str, str]:
    """Show a day as a capsule with the month: {% day event.starts_at %}."""
    local = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return {
        "number": str(local.day),
        "month": date_format(local, "E")[:3],
        "whole": date_format(local, "j E Y"),
    }


@register.inclusion_tag("ui/brand.html")
def brand(url: str, *, short: bool = False) -> dict[str, object]:
    """Show the mark that leads home; ``short`` leaves the mark alone on phones: {% brand "/" %}."""
    return {"url": url, "style": "d-only" if short else ""}


@register.inclusion_tag("ui/closebutton.html")
def closebutton() -> dict[str, object]:
    """Close the dialog around: {% closebutton %}."""
    return {}
