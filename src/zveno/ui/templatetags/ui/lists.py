"""Lists that lead through work: what waits, steps, a timeline, empty states."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zveno.ui.templatetags.ui.registry import draw, register, trimmed


@register.simple_block_tag(takes_context=True)
def todo(
    context: Context, content: str, title: str, text: str = "", picture: str = "doc"
) -> SafeString:
    """Name one thing that waits, the content being its button, inside <ul class="todo">.

    {% todo title text "pen" %}<a class="btn">…</a>{% endtodo %}
    """
    return _todo(context, content, title, text, {"icon": picture, "style": ""})


@register.simple_block_tag(takes_context=True)
def urgent(
    context: Context, content: str, title: str, text: str = "", picture: str = "doc"
) -> SafeString:
    """Name one thing that waits and burns: {% urgent title text "pen" %}…{% endurgent %}."""
    return _todo(context, content, title, text, {"icon": picture, "style": "ico--hot"})


def _todo(
    context: Context, content: str, title: str, text: str, look: dict[str, str]
) -> SafeString:
    return draw(context, "ui/todo.html", title=title, text=text, action=trimmed(content), **look)


@register.inclusion_tag("ui/stepper.html")
def stepper(names: Sequence[str], current: int) -> dict[str, object]:
    """Show how far a form of several pages is: {% stepper steps 2 %}, counted from 1."""
    steps = [
        {"number": number, "name": name, "state": _state(number, current)}
        for number, name in enumerate(names, start=1)
    ]
    whole = _("Step %(current)s of %(total)s") % {"current": current, "total": len(names)}
    return {"steps": steps, "whole": whole}


def _state(number: int, current: int) -> str:
    if number == current:
        return "now"
    return "done" if number < current else "next"


@register.simple_block_tag(takes_context=True)
def moment(
    context: Context,
    content: str,
    when: date | str,
    title: str,
    state: Literal["", "now", "next"] = "",
) -> SafeString:
    """Show a point of <ol class="tl">: {% moment when title "now" %}small print{% endmoment %}."""
    stamp = when.isoformat() if isinstance(when, date) else ""
    day = when if isinstance(when, date) else None
    words = when if isinstance(when, str) else ""
    facts = {"stamp": stamp, "words": words, "day": day, "state": state}
    return draw(context, "ui/moment.html", title=title, text=trimmed(content), **facts)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, title: str, text: str = "") -> SafeString:
    """Say that there is nothing yet: {% empty title text %}one button{% endempty %}."""
    return draw(context, "ui/empty.html", title=title, text=text, action=trimmed(content))


@register.simple_tag(takes_context=True)
def when(context: Context, start: datetime, end: datetime | None = None) -> SafeString:
    """Write a moment or a span in words, with the year if it is another one: {% when a b %}."""
    local, today = timezone.localtime(start), timezone.localdate()
    same_day = end is not None and timezone.localdate(end) == local.date()
    day = date_format(local, "l, j E" if local.year == today.year else "l, j E Y")
    # Russian writes days small inside a sentence, English does not.
    facts = {"start": start, "day": day.lower() if get_language() == "ru" else day}
    ends = {"end": end if same_day else None, "far_end": None if same_day else end}
    return draw(context, "ui/when.html", **facts, **ends)
