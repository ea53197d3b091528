"""Pictures: a calendar week, lines, an indicator with its sparkline, a network."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from zveno.ui import charts, maps, networks, weeks
from zveno.ui.kept import Facts, drawn
from zveno.ui.templatetags.ui.registry import register

_NO_MARKUP = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.inclusion_tag("ui/calendar.html")
def calendar(first: date, blocks: Iterable[weeks.Block]) -> dict[str, object]:
    """Show the week that begins on ``first``: {% calendar monday blocks %}; days below 960 px.

    The page links calendar.css.
    """
    return {"week": weeks.week_of(first, blocks)}


@register.inclusion_tag("ui/linechart.html")
def linechart(chart: charts.Chart) -> dict[str, object]:
    """Draw one or two lines with their table: {% linechart chart %}. The page links viz.css."""
    return {"chart": chart, "pictures": charts.pictures(chart)}


@register.simple_tag
def networkgraph(network: networks.Network) -> SafeString:
    """Draw a network with its table: {% networkgraph network %}. The page links network.css.

    A figure is kept under all it shows: drawing one anew costs more than the rest of a page.
    """

    def read() -> Facts:
        return {"network": network, "figures": networks.figures(network)}

    return drawn("ui/networkgraph.html", network, read)


@register.inclusion_tag("ui/schematicmap.html")
def schematicmap(plan: maps.Plan) -> dict[str, object]:
    """Draw places and what stands in each: {% schematicmap plan %}. The page links network.css.

    The page lists the same beside it.
    """
    return {"plan": plan, "sheets": maps.sheets(plan)}


@register.simple_tag
def linkeddata(facts: Mapping[str, object]) -> SafeString:
    """Tell machines what a page is about (JSON-LD): {% linkeddata facts %}, in ``head``."""
    text = json.dumps(facts, ensure_ascii=False).translate(_NO_MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.inclusion_tag("ui/indicator.html")
def indicator(one: charts.Indicator) -> dict[str, object]:
    """Show a number with its goal and verdict, inside <div class="tiles">: {% indicator one %}.

    The page links viz.css.
    """
    path, target = charts.spark(one.values, one.target)
    return {"one": one, "path": path, "target": target}
