"""Pictures: a calendar week, lines, an indicator with its sparkline, a network."""

from collections.abc import Iterable
from datetime import date

from zveno.ui import charts, networks, weeks
from zveno.ui.templatetags.ui.registry import register


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


@register.inclusion_tag("ui/networkgraph.html")
def networkgraph(network: networks.Network) -> dict[str, object]:
    """Draw a network with its table: {% networkgraph network %}. The page links network.css."""
    return {"network": network, "figures": networks.figures(network)}


@register.inclusion_tag("ui/indicator.html")
def indicator(one: charts.Indicator) -> dict[str, object]:
    """Show a number with its goal and verdict, inside <div class="tiles">: {% indicator one %}.

    The page links viz.css.
    """
    path, target = charts.spark(one.values, one.target)
    return {"one": one, "path": path, "target": target}
