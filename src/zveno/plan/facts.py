"""What is said of the rows of a plan, in sentences."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.organisations import facts
from zveno.plan.models import month_label, year_label

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

FIELDS: dict[str, "StrPromise"] = {
    "title": _("What will happen"),
    "direction": _("Section"),
    "form": _("Form of the work"),
    "participants": _("For whom"),
    "place": _("Place"),
    "when": _("When"),
    "responsible": _("Responsible"),
    "note": _("Note"),
}
HOST = _("Host")
SENTENCES: dict[str, "StrPromise"] = {
    "column_missing": _("No column found for “%(field)s”. Choose it below."),
    "column_twice": _("Two columns look like “%(field)s”: the first one is used."),
    "when_unclear": _("It is unclear when. Enter a day or a month: 15.10, October."),
    "date_impossible": _("There is no such day. Enter it like this: 28.11.2026."),
    "day_at_weekend": _("This day is at a weekend. Enter another or keep it."),
    "year_assumed": _("The year is missing; %(year)s was assumed. Keep it or add the year."),
    "outside_the_year": _("This is not in the academic year of the plan. Enter another day."),
    "outside_plan": _("This is not in the %(year)s academic year. Enter a month or a day of it."),
    "audience_spans": _("These grades belong to several age groups. Keep them or name fewer."),
    "number_repeats": _(
        "Number %(number)s is used above. Include the row if this is another item."
    ),
    "host_unclear": _("Several members fit: %(names)s. Enter one."),
    "host_unknown": _("No member has this name. Keep it, and the base organisation hosts."),
    "in_plan": _("It is already in the plan for this month."),
    "same_row": _("It repeats row %(row)s, in the same month."),
    "namesake_item": _(
        "The plan has an item with this name: %(month)s. Include the row if this is another one."
    ),
    "sections_too_many": _("A plan has up to %(limit)s sections. Name an existing one."),
    "other_year": _(
        "The table names the %(year)s academic year. If that is right, choose it above the plan "
        "and bring the table there."
    ),
}


def sentence(finding: Mapping[str, Any]) -> str:
    """Say what was found in a row of a plan, or in the table."""
    words, found = SENTENCES.get(finding["code"]), dict(finding["facts"])
    if words is None:
        return facts.sentence(finding)
    if "month" in found:
        found["month"] = month_label(found["month"], found["year"])
    elif finding["code"] in {"outside_plan", "other_year"}:
        found["year"] = year_label(found["year"])
    if "field" in found:
        found["field"] = FIELDS.get(found["field"], found["field"])
    return str(words) % found


def skipped(reason: str) -> str:
    """Say what a line is that became no item."""
    if reason == "section":
        return gettext("a section: what stands below it is in it")
    if reason in facts.SKIPS:
        return facts.skipped(reason)
    return gettext("not an item of a plan")
