"""Search, filters, sorting and paging: their state is in the address, so Back works."""

from django.http import HttpRequest, QueryDict
from django.template import Context

from zveno.ui.templatetags.ui.registry import register

CURSOR = "after"


@register.inclusion_tag("ui/search.html", takes_context=True)
def search(
    context: Context, label: str, placeholder: str = "", name: str = "q"
) -> dict[str, object]:
    """Ask for words and keep the other filters: {% search _("Find an organisation") %}."""
    query = _query(context)
    kept = [(key, value) for key, values in query.lists() for value in values]
    rest = [(key, value) for key, value in kept if key not in {name, CURSOR}]
    value = query.get(name, "")
    return {"label": label, "placeholder": placeholder, "name": name, "value": value, "rest": rest}


@register.inclusion_tag("ui/filterlink.html", takes_context=True)
def filterlink(context: Context, text: str, name: str, value: str) -> dict[str, object]:
    """Switch a filter on or off: {% filterlink _("Saturdays") "day" "sat" %}."""
    query = _query(context)
    here = query.get(name) == value
    return {"text": text, "url": _changed(query, name, "" if here else value), "here": here}


@register.inclusion_tag("ui/segment.html", takes_context=True)
def segment(
    context: Context, text: str, name: str, value: str = "", unasked: str = ""
) -> dict[str, object]:
    """Choose one of several views, inside <div class="seg">: {% segment _("All") "kind" %}.

    ``unasked`` is the value that is shown while the address names none.
    """
    query = _query(context)
    here = query.get(name, unasked) == value
    return {"text": text, "url": _changed(query, name, value), "here": here}


@register.inclusion_tag("ui/sorthead.html", takes_context=True)
def sorthead(context: Context, text: str, key: str, style: str = "") -> dict[str, object]:
    """Head a column sorted by ``?sort=key``, then ``-key``: {% sorthead _("Name") "name" %}."""
    query = _query(context)
    order = {key: "ascending", f"-{key}": "descending"}.get(query.get("sort", ""), "none")
    turned = f"-{key}" if order == "ascending" else key
    return {"text": text, "url": _changed(query, "sort", turned), "order": order, "style": style}


@register.inclusion_tag("ui/more.html", takes_context=True)
def more(context: Context, cursor: str) -> dict[str, object]:
    """Lead to the rows after ``cursor``, nothing on the last page: {% more next_key %}."""
    query = _query(context)
    return {"url": _changed(query, CURSOR, cursor) if cursor else ""}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if isinstance(request, HttpRequest) else QueryDict()


def _changed(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop(CURSOR, None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
