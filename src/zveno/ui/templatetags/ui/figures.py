"""Figures drawn on the server as SVG: they print, need no script and are said in words."""

from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zveno.ui.faces import ChainLink
from zveno.ui.templatetags.ui.registry import draw, register, take_slots


@register.inclusion_tag("ui/bar.html")
def bar(part: float, whole: float, label: str, tone: str = "") -> dict[str, object]:
    """Draw a share of a whole: {% bar 61 96 _("61 of 96 came") %}; tones "warn", "full"."""
    share = min(100.0, 100 * part / whole) if whole else 0.0
    return {"share": f"{share:.1f}", "label": label, "style": f"bar--{tone}" if tone else ""}


@register.inclusion_tag("ui/capacity.html")
def capacity(taken: int, total: int, waiting: int = 0) -> dict[str, object]:
    """Show seats as a bar with words: {% capacity event.taken event.capacity 4 %}."""
    facts = {"taken": taken, "total": total, "waiting": waiting}
    words = _("%(taken)s of %(total)s") % facts
    if waiting:
        words = _("%(taken)s of %(total)s, %(waiting)s waiting") % facts
    label = _("%(taken)s of %(total)s seats taken") % facts
    tone = _fullness(taken, total)
    return {"words": words, "label": label, "tone": tone, **facts}


def _fullness(taken: int, total: int) -> str:
    """Call it full without a seat, and short of seats when less than one in eight is left."""
    free = total - taken
    if free <= 0:
        return "full"
    return "warn" if free * 8 < total else ""


@register.inclusion_tag("ui/links.html")
def links(closed: int, total: int, label: str) -> dict[str, object]:
    """Draw n of m as a chain, the awaited links dashed: {% links 6 9 _("6 of 9 signed") %}."""
    return {"closed": range(closed), "awaited": range(total - closed), "label": label}


@register.simple_block_tag(takes_context=True)
def signbox(context: Context, content: str, caption: str, closed: int, total: int) -> SafeString:
    """Sum up signatures: {% signbox name 6 9 %}whom we wait for {% slot "action" %}."""
    text, slots = take_slots(content)
    label = _("%(closed)s of %(total)s signed") % {"closed": closed, "total": total}
    facts = {"caption": caption, "closed": closed, "total": total, "label": label}
    return draw(context, "ui/signbox.html", text=text, **facts, **slots)


@register.inclusion_tag("ui/tile.html")
def tile(name: str, value: object, unit: str = "", note: str = "") -> dict[str, object]:
    """Show one number, inside <div class="tiles">: {% tile _("Teachers") 41 _("of 60") note %}."""
    return {"name": name, "value": value, "unit": unit, "note": note}


@register.inclusion_tag("ui/chain.html")
def chain(items: list[ChainLink]) -> dict[str, object]:
    """Draw three to five stages as links of one chain: {% chain stages %}."""
    return {"items": items}
