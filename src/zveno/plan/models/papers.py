"""The plan as a paper: what the engine of papers draws."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils import timezone

from zveno.network.models.wording import in_words
from zveno.organisations.models import Organisation
from zveno.plan.models.approvals import Approval
from zveno.plan.models.items import PlanItem
from zveno.plan.models.plans import Plan, month_label, months_of

Rows = list[list[str]]


@cache
def _words() -> Mapping[str, Any]:
    """Return the wording of a plan."""
    text = files("zveno.plan").joinpath("data", "paper.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


class _Fields(dict[str, str]):
    """The values of a paper: what people typed stands here, so that no brace of it is a field."""

    def put(self, value: str) -> str:
        """Keep a value and return the field that names it."""
        own = f"v{len(self)}"
        self[own] = value
        return f"{{{own}}}"

    def rows(self, rows: Sequence[Sequence[str]]) -> Rows:
        """Keep the cells of a table."""
        return [[self.put(cell) for cell in row] for row in rows]


def paper_of(
    plan: Plan, sides: Mapping[str, Organisation], approvals: Sequence[Approval]
) -> dict[str, Any]:
    """Put the wording and the plan together, as the engine reads it.

    ``approvals`` are those that hold; without them it is a draft.
    """
    words, fields = _words(), _Fields()
    fields |= {
        "cluster": plan.cluster.name,
        "year": f"{plan.year}/{plan.year + 1}",
        "number": plan.number.printed if plan.number else "",
    }
    head = {name: words[name] for name in ("title", "subtitle", "footer")}
    numbered = {"number": words["number" if plan.number else "draft"]}
    sections = [
        {"title": fields.put(name), "clauses": [_table(words, fields, items)]}
        for name, items in _parts(plan)
    ]
    sections.append(_signatures(words, fields, sides, approvals))
    return head | numbered | {"sections": sections, "fields": fields}


def _table(words: Mapping[str, Any], fields: _Fields, items: Rows) -> dict[str, Any]:
    table = {"header": words["columns"], "rows": fields.rows(items), "widths": words["widths"]}
    return {"text": words["planned"], "table": table}


def _parts(plan: Plan) -> Iterator[tuple[str, Rows]]:
    """Yield the sections that have something in them, numbered through."""
    order, number = months_of(plan.year), 0
    rows = PlanItem.objects.of_year(plan.cluster, plan.year).select_related("host")
    items = sorted(rows, key=lambda one: order.index(one.month_now))
    named = [(one.pk, one.name) for one in plan.sections.order_by("place", "pk")]
    for pk, name in [*named, (None, _words()["rest"])]:
        own = [one for one in items if one.section_id == pk]
        if own:
            yield name, [_row(number + n, one, plan.year) for n, one in enumerate(own, start=1)]
            number += len(own)


def _row(number: int, item: PlanItem, year: int) -> list[str]:
    when = f"{item.day:%d.%m.%Y}" if item.day else month_label(item.month, year)
    if item.has_moved and item.original_day:
        when += f" ({_words()['moved']} {item.original_day:%d.%m.%Y})"
    what = ", ".join(filter(None, (item.title, item.audience)))
    where = ", ".join(filter(None, (str(item.host), item.venue)))
    done = f"{_words()['cancelled']}: {item.remark}" if item.cancelled_why else item.remark
    return [str(number), what, when, where, item.responsible or "—", done or " "]


def _signatures(
    words: Mapping[str, Any],
    fields: _Fields,
    sides: Mapping[str, Organisation],
    approvals: Sequence[Approval],
) -> dict[str, Any]:
    given = {one.side: in_words(timezone.localdate(one.given_at)) for one in approvals}
    rows = [
        [f"{words[side]}: {house.name}", " ", given.get(side, " ")] for side, house in sides.items()
    ]
    table = {"header": words["signs"], "rows": fields.rows(rows), "widths": [4, 2, 2]}
    return {"title": words["signatures"], "clauses": [{"text": words["signed"], "table": table}]}
