"""Items of the plan: what is planned, how it was carried out, which to show."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.organisations.models import Organisation
from zveno.plan.actions import ItemFacts
from zveno.plan.models import PlanItem, Section, month_label, months_of
from zveno.ui.inputs import DayField, FilterSelect, LineField, offer

MOVED = "moved"


class ItemForm(forms.Form):
    """A line of the plan of the academic year that begins in ``year``."""

    title = LineField(label=_("What will happen"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What kind of item"),
        choices=[
            (PlanItem.Kind.EVENT, _("An event")),
            (PlanItem.Kind.COURSE, _("A course of further training")),
        ],
        initial=PlanItem.Kind.EVENT,
        required=False,
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    month = forms.TypedChoiceField(label=_("Month"), coerce=int, empty_value=None, required=False)
    day = DayField(
        label=_("Day"), required=False, help_text=_("If it is known: then the month is not needed")
    )
    host = forms.ChoiceField(label=_("Host"))
    audience = LineField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("For example: grades 7 and 8"),
    )
    venue = LineField(
        label=_("Place"), max_length=200, required=False, help_text=_("Room, workshop, laboratory")
    )
    responsible = LineField(
        label=_("Responsible"),
        max_length=200,
        required=False,
        help_text=_("A post, without a name: all members read the plan"),
    )
    note = LineField(label=_("Note"), max_length=400, required=False)

    def __init__(
        self, year: int, sections: Iterable[Section], hosts: Iterable[Organisation], *args: Any
    ) -> None:
        super().__init__(*args)
        named = [(str(one.public_id), one.name) for one in sections]
        offer(self, "section", [("", _("No section")), *named])
        offer(self, "host", [(str(one.public_id), str(one)) for one in hosts])
        months = [(n, month_label(n, year)) for n in months_of(year)]
        offer(self, "month", [("", _("Choose a month")), *months])

    def clean(self) -> dict[str, Any]:
        """Ask for a month or a day."""
        given: dict[str, Any] = super().clean() or {}
        named = {"month", "day"} & {*self.errors} or given.get("month") or given.get("day")
        if not named:
            self.add_error("month", _("Choose a month or enter a day."))
        return given

    def facts(self) -> ItemFacts:
        """Return it as the verbs take it."""
        given = dict(self.cleaned_data)
        given["kind"] = given["kind"] or PlanItem.Kind.EVENT
        section, host = given.pop("section"), UUID(given.pop("host"))
        return ItemFacts(host=host, section=UUID(section) if section else None, **given)


class CancelForm(forms.Form):
    """Why an item is cancelled."""

    reason = LineField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("One or two sentences. All members read this."),
    )


class ReportForm(forms.Form):
    """How an item was carried out."""

    day = DayField(label=_("Day it took place"))
    report = LineField(
        label=_("Note on execution"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("What came of it, in numbers. Do not name people."),
    )


class WhichForm(forms.Form):
    """Which items to show; what is not offered asks nothing."""

    filters = True
    year = forms.CharField(required=False, widget=forms.HiddenInput)
    section = forms.ChoiceField(label=_("Section"), required=False, widget=FilterSelect)
    host = forms.ChoiceField(label=_("Host"), required=False, widget=FilterSelect)
    month = forms.ChoiceField(label=_("Month"), required=False, widget=FilterSelect)
    state = forms.ChoiceField(label=_("State"), required=False, widget=FilterSelect)

    def __init__(
        self, year: int, sections: Sequence[Section], items: Sequence[PlanItem], *args: Any
    ) -> None:
        super().__init__(*args)
        everything = ("", pgettext_lazy("a choice", "All"))
        named = [(str(one.public_id), one.name) for one in sections]
        offer(self, "section", [everything, *named, ("none", _("No section"))])
        hosting = {one.host_id: one for one in items}.values()
        hosts = [(str(one.host.public_id), str(one.host)) for one in hosting]
        by_name = sorted(hosts, key=lambda one: one[1])
        offer(self, "host", [everything, *by_name])
        months = [(str(n), month_label(n, year)) for n in months_of(year)]
        offer(self, "month", [everything, *months])
        states = [*PlanItem.State.choices, (MOVED, pgettext_lazy("plan items", "moved"))]
        offer(self, "state", [everything, *states])

    def asks(self) -> bool:
        """Whether it leaves anything out."""
        return any(self._asked(name) for name in ("section", "host", "month", "state"))

    def fits(self, item: PlanItem, section: str) -> bool:
        """Whether an item, which stands in the section with this key, is among those asked for."""
        said = {
            "section": section or "none",
            "host": str(item.host.public_id),
            "month": str(item.month_now),
            "state": MOVED if item.has_moved and self._asked("state") == MOVED else item.state,
        }
        return all(self._asked(name) in {"", value} for name, value in said.items())

    def _asked(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_bound else ""
