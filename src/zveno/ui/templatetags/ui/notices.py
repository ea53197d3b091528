"""What Zveno says back: notices in the page, toasts with undo."""

from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString

from zveno.ui.templatetags.ui.registry import draw, register
from zveno.ui.toasts import UNDO

ICONS = {"": "info", "ok": "ok", "warn": "warn", "bad": "x", "plain": "shield"}


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, tone: str = "") -> SafeString:
    """Say something in the page: {% notice "warn" %}…{% endnotice %}; ok, warn, bad, plain."""
    style = f"note--{tone}" if tone else ""
    return draw(context, "ui/notice.html", content=content, icon=ICONS[tone], style=style)


@dataclass(frozen=True, slots=True)
class Toast:
    """A sentence that leaves by itself, with the address that undoes what it tells of."""

    words: str
    undo: str
    style: str


@register.inclusion_tag("ui/toasts.html", takes_context=True)
def toasts(context: Context) -> dict[str, object]:
    """Hold the messages of this answer; once on a page: {% toasts %}."""
    return {"toasts": _waiting(context), "swap": ""}


@register.inclusion_tag("ui/toasts.html", takes_context=True)
def more_toasts(context: Context) -> dict[str, object]:
    """Add the messages to the page of an HTMX fragment: {% more_toasts %}."""
    return {"toasts": _waiting(context), "swap": "beforeend"}


def _waiting(context: Context) -> list[Toast]:
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    return [_toast(str(item), item.extra_tags, item.level_tag) for item in get_messages(request)]


def _toast(words: str, tags: str | None, level: str) -> Toast:
    undo = (tags or "").removeprefix(UNDO) if (tags or "").startswith(UNDO) else ""
    return Toast(words, undo, "toast--bad" if level == "error" else "")
