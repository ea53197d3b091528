"""What is typed about hours of career guidance."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.codes.models.careers import career_directions, career_minimum
from zveno.events.actions import Outside
from zveno.events.models import Event
from zveno.kernel import clock
from zveno.learners.models import class_of
from zveno.network.models import academic_year
from zveno.ui.inputs import LineField, offer

YEARS_BACK = 2
DIGITS = 5


class HoursField(forms.DecimalField):
    """Hours, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": "5"}
        super().__init__(
            max_digits=DIGITS, decimal_places=1, widget=forms.TextInput(attributes), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """Return the hours; a comma stands for the point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def directions() -> list[tuple[str, str]]:
    """Offer the directions hours count in."""
    return list(career_directions().choices())


class EventHoursForm(forms.Form):
    """For how many hours an event counts, and in which direction."""

    hours = HoursField(
        label=_("Academic hours"),
        help_text=_("45 minutes each; 0 if the event does not count"),
    )
    direction = forms.ChoiceField(label=_("Direction of career guidance"), choices=directions)

    @staticmethod
    def at_first(event: Event) -> dict[str, object]:
        """Return what the event says."""
        return {"hours": plain(event.hours), "direction": event.direction}


class LevelForm(forms.Form):
    """Which level of the minimum a school has chosen."""

    level = forms.ChoiceField(label=_("Level of the minimum"), required=False)

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("%(name)s, %(hours)s hours")
        levels = [
            (one.code, words % {"name": one.name, "hours": one.hours})
            for one in career_minimum(year).offered()
        ]
        offer(self, "level", [("", _("not chosen")), *levels])


class OutsideForm(forms.Form):
    """Hours that a class had outside Zveno."""

    label = LineField(
        label=_("Class"), max_length=30, help_text=_("For example 7А; 7 means all of grade 7")
    )
    direction = forms.ChoiceField(label=_("Direction of career guidance"), choices=directions)
    hours = HoursField(label=_("Academic hours in the year"))
    basis = LineField(
        label=_("What they were"),
        max_length=200,
        help_text=_("For example: lessons “Russia is my horizons”, order 12 of 1 September"),
    )

    def clean_label(self) -> tuple[int, str]:
        """Read grade and letter."""
        found = class_of(self.cleaned_data["label"])
        if not found:
            raise forms.ValidationError(_("There is no such class. Write it like this: 7А."))
        return found

    def outside(self, year: int) -> Outside:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        grade, letter = given["label"]
        return Outside(
            year, grade, given["direction"], given["hours"], given["basis"], letter=letter
        )


def years() -> list[int]:
    """Return the academic years whose hours may be asked for, this one first."""
    this = academic_year(clock.today())
    return [this - back for back in range(YEARS_BACK + 1)]


def year_of(asked: str | None) -> int:
    """Return the academic year asked for; this one for what is none of them."""
    known = {str(year): year for year in years()}
    return known.get(asked or "", academic_year(clock.today()))


def plain(hours: Decimal) -> str:
    """Write hours as they are typed: 2 or 2.5."""
    return f"{hours.normalize():f}"
