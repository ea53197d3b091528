"""Find or do: the palette and what it found; rows chosen for a common deed."""

from collections.abc import Sequence

from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.ui.faces import Found
from zveno.ui.templatetags.ui.registry import draw, register


@register.inclusion_tag("ui/searchbutton.html")
def searchbutton(url: str) -> dict[str, str]:
    """Open the palette, a page of its own without script: {% searchbutton url %}."""
    return {"url": url}


@register.simple_block_tag(takes_context=True)
def palette(context: Context, content: str, url: str) -> SafeString:
    """Ask ``url`` while somebody types: {% palette url %}what stands there first{% endpalette %}.

    ``url`` answers a POST of ``q`` with {% found rows %}: words looked for stand in no address.
    It is asked for the first time when the palette opens. Without ``url`` the content stays.
    """
    token = context.get("csrf_token")
    return draw(context, "ui/palette.html", url=url, content=content, csrf_token=token)


@register.inclusion_tag("ui/found.html")
def found(rows: Sequence[Found]) -> dict[str, object]:
    """List what was found and what can be done, for the palette: {% found rows %}."""
    number = len(rows)
    words = ngettext("%(number)s line found", "%(number)s lines found", number) % {"number": number}
    return {"rows": rows, "words": words}


@register.simple_block_tag(takes_context=True)
def bulkbar(context: Context, content: str, label: str) -> SafeString:
    """Offer deeds with the rows ticked: {% bulkbar label %}buttons{% endbulkbar %}.

    It stands in a form with the table, both in an element with ``data-select``; without script it
    is always there.
    """
    pattern = _("Selected: %(number)s") % {"number": "%"}
    return draw(context, "ui/bulkbar.html", label=label, content=content, pattern=pattern)


@register.inclusion_tag("ui/tickall.html")
def tickall() -> dict[str, object]:
    """Choose all rows, in the head of the table: <th class="cell-check">{% tickall %}."""
    return {}


@register.inclusion_tag("ui/tick.html")
def tick(name: str, value: object, label: str) -> dict[str, object]:
    """Choose a row: <td class="cell-check">{% tick "rows" row.key row.name %}."""
    return {"name": name, "value": value, "label": label}
