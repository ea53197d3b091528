"""Frames of a page: head, card, tabs, dialog, menus, entries of the navigation."""

import re

from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from zveno.kernel import clock
from zveno.ui.templatetags.ui.marks import count, icon
from zveno.ui.templatetags.ui.registry import draw, register, take_slots, trimmed

_TAB = re.compile(r"(?<=<li>).*?(?=</li>)", re.DOTALL)


@register.simple_block_tag(takes_context=True)
def pagehead(context: Context, content: str, title: str, lede: str = "") -> SafeString:
    """Open a page: {% pagehead title lede %}chips {% slot "crumbs" %}, {% slot "actions" %}."""
    chips, slots = take_slots(content)
    return draw(context, "ui/pagehead.html", title=title, lede=lede, chips=chips, **slots)


@register.inclusion_tag("ui/crumb.html")
def crumb(text: str, url: str) -> dict[str, str]:
    """Show a step of the path, inside the slot "crumbs": {% crumb _("Events") url %}."""
    return {"text": text, "url": url}


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: str, style: str = "", key: str = "") -> SafeString:
    """Frame a part of a page: {% card title %}…{% slot "action" %}, {% slot "footer" %}.

    ``style`` is "flush" for tables and lists that touch the edges; ``key`` becomes the id.
    """
    body, slots = take_slots(content)
    extra = f"card--{style}" if style else ""
    return draw(context, "ui/card.html", title=title, body=body, style=extra, key=key, **slots)


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: str, label: str) -> SafeString:
    """Hold tabs that are addresses: {% tabs _("Sections") %}{% tab … %}{% endtabs %}.

    Of many the rest stands in {% slot "more" %}: on a phone it opens by a press, but for the
    current one.
    """
    first, slots = take_slots(content)
    more = slots.get("more", "")
    later = [trimmed(one) for one in _TAB.findall(more)]
    here = [one for one in later if "aria-current" in one]
    kept = [one for one in later if one not in here]
    facts = {"content": first, "more": more, "here": here, "kept": kept}
    return draw(context, "ui/tabs.html", label=label, **facts)


@register.inclusion_tag("ui/tab.html", takes_context=True)
def tab(context: Context, text: str, url: str, number: int = 0) -> dict[str, object]:
    """Show a tab, current at its own address: {% tab _("Plan") url 3 %}."""
    here = _path(context) == url
    return {"text": text, "url": url, "number": number, "here": here}


@register.simple_tag(takes_context=True)
def navitem(context: Context, text: str, url: str, picture: str, number: int = 0) -> SafeString:
    """Show a section of the side bar: {% navitem _("Events") url "cal" 2 %}.

    ``section`` in the context is the section of a page whose address does not tell.
    """
    new = count(number, pgettext("badge", "new")) if number else ""
    return format_html("<li>{}</li>", _section_link(context, url, picture, text, new))


@register.simple_tag(takes_context=True)
def tabitem(context: Context, text: str, url: str, picture: str) -> SafeString:
    """Show a section of the bottom bar on phones: {% tabitem _("Events") url "cal" %}."""
    return _section_link(context, url, picture, text)


@register.simple_block_tag
def once(content: str) -> SafeString:
    """Draw what stands in two places once: {% once as menu %}…{% endonce %}{{ menu }}."""
    return trimmed(content)


@register.simple_block_tag(takes_context=True)
def switcher(context: Context, content: str, title: str, note: str = "") -> SafeString:
    """Say where you are and let go elsewhere: {% switcher name note %}<li>…{% endswitcher %}."""
    return draw(context, "ui/switcher.html", title=title, note=note, items=trimmed(content))


@register.simple_block_tag(takes_context=True)
def usermenu(context: Context, content: str, name: str, role: str, sign_out: str) -> SafeString:
    """Show who is signed in and the way out: {% usermenu name role url %}<li>…{% endusermenu %}."""
    token = context.get("csrf_token")
    facts = {"name": name, "role": role, "sign_out": sign_out, "csrf_token": token}
    request = context.get("request")
    return draw(context, "ui/usermenu.html", items=trimmed(content), request=request, **facts)


@register.inclusion_tag("ui/printmark.html")
def printmark() -> dict[str, object]:
    """Say on paper, and only there, when it was printed: {% printmark %}."""
    return {"moment": clock.now()}


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, key: str, title: str, style: str = "") -> SafeString:
    """Hold what ``data-open="key"`` opens: {% dialog "key" title "drawer" %}…{% enddialog %}."""
    return draw(context, "ui/dialog.html", key=key, title=title, style=style, content=content)


def _path(context: Context) -> str:
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else ""


def _section(context: Context) -> str:
    return context.get("section") or _path(context)


def _section_link(context: Context, url: str, picture: str, text: str, new: str = "") -> SafeString:
    here = SafeString(' aria-current="page"') if _is_under(_section(context), url) else ""
    return format_html('<a href="{}"{}>{}{}{}</a>', url, here, icon(picture), text, new)


def _is_under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
