"""Forms of one child and of a class without names."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.learners.forms.names import NameField
from zveno.learners.models import MOST_COUNTED, Child, class_of
from zveno.organisations.models import Organisation
from zveno.ui.inputs import DayField, LineField

OLDEST = 100
NO_CLASS = _("There is no such class. Write it like this: 7А.")


class ClassForm(forms.Form):
    """The class of a school, or the group of a kindergarten."""

    label = LineField(
        label=_("Class"),
        max_length=30,
        help_text=_("For example: 7А. It moves up every 1 September by itself."),
        widget=forms.TextInput({"autocomplete": "off", "size": "8"}),
    )

    def __init__(self, owner: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_groups = owner.kind == Organisation.Kind.PRESCHOOL
        if self.has_groups:
            self.fields["label"].label = _("Group")
            self.fields["label"].help_text = _("The name of the group, for example: Ромашка")

    def clean_label(self) -> tuple[int, str]:
        """Return grade and letter; 0 and the name of a group in a kindergarten."""
        label: str = self.cleaned_data["label"]
        if self.has_groups:
            return 0, label
        found = class_of(label)
        if found is None:
            raise forms.ValidationError(NO_CLASS)
        return found


class ChildForm(ClassForm):
    """As little about a child as what it takes part in needs."""

    family_name = NameField(label=_("Family name"))
    given_name = NameField(
        label=_("Given name"), help_text=_("Initials are enough: И. in one field, А. in the other.")
    )
    patronymic = NameField(label=_("Patronymic"), required=False)
    born_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        help_text=_(
            "Only if the class does not tell the age: at 14 children begin to sign consents too."
        ),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )
    born_on = DayField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Only for what asks for the day, such as a trip. Then leave the year empty."),
    )
    new = forms.BooleanField(label=_("This is another child with the same name"), required=False)
    field_order = ("family_name", "given_name", "patronymic", "label", "born_year", "born_on")

    @property
    def asks_for_new(self) -> bool:
        """Whether somebody in the class is called the same."""
        return self.is_bound and bool(self["new"].errors or self["new"].value())

    def clean_born_year(self) -> int | None:
        """Take a year in which a child may have been born."""
        year: int | None = self.cleaned_data["born_year"]
        this = clock.today().year
        if year is not None and not this - OLDEST <= year <= this:
            raise forms.ValidationError(_("Check the year."))
        return year

    def clean_born_on(self) -> date | None:
        """Take a day on which a child may have been born."""
        day: date | None = self.cleaned_data["born_on"]
        today = clock.today()
        if day is not None and not (day <= today and today.year - OLDEST <= day.year):
            raise forms.ValidationError(_("Check the date."))
        return day

    def clean(self) -> dict[str, Any]:
        """Take the year or the day, not both."""
        given = super().clean() or self.cleaned_data
        if given.get("born_year") and given.get("born_on"):
            self.add_error("born_year", _("Keep one: the year or the date."))
        return given

    def child(self) -> Child:
        """Return the child as verbs take it."""
        given = self.cleaned_data
        grade, letter = given["label"]
        names = {part: given[part] for part in ("family_name", "given_name", "patronymic")}
        born = {part: given[part] for part in ("born_year", "born_on")}
        return Child(**names, **born, grade=grade, letter=letter, new=given["new"])


class CountForm(ClassForm):
    """How many children a class has, without their names."""

    number = forms.IntegerField(
        label=_("How many children"),
        min_value=0,
        max_value=MOST_COUNTED,
        help_text=_("0 removes the class from the list."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )
