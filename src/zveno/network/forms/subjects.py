"""What is asked for a kind of agreement: its facts, and which side does what."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.actions.agreements import Terms
from zveno.network.actions.sides import Share
from zveno.network.forms.agreements import TermsForm
from zveno.network.models.kinds import Fact, Shape
from zveno.ui.inputs import LineField, offer

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["SideForm"]
else:
    _RowsOfForms = forms.BaseFormSet
CELL = {"class": "inp", "rows": "3"}


class FactsForm(forms.Form):
    """The facts a kind of agreement asks for."""

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        """Ask for the facts of ``shape``."""
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.fields |= {fact.name: _field(fact) for fact in shape.facts}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the facts alone, in their order."""
        return [self[fact.name] for fact in self.shape.facts]

    def facts_given(self) -> dict[str, str]:
        """Return the facts by name."""
        return {fact.name: self.cleaned_data[fact.name] for fact in self.shape.facts}


class SubjectForm(FactsForm, TermsForm):
    """The title, the place, the days and the facts of an agreement of a kind."""

    def terms(self) -> Terms:
        """Return the title, the place and the days."""
        return Terms(**{name: self.cleaned_data[name] for name in TermsForm.base_fields})


def _field(fact: Fact) -> forms.Field:
    if fact.choices:
        return forms.ChoiceField(label=fact.label, choices=[("", _("Choose")), *fact.choices])
    return LineField(label=fact.label, max_length=300, help_text=fact.hint)


class SideForm(forms.Form):
    """What one member does: which side it is, its part, what it gives; or it takes no part."""

    organisation = forms.UUIDField(widget=forms.HiddenInput)
    side = forms.ChoiceField(label=_("Side"), required=False, widget=forms.Select({"class": "sel"}))
    part = LineField(
        label=_("Part of the programme"),
        max_length=400,
        required=False,
        widget=forms.Textarea(CELL),
    )
    gives = LineField(
        label=_("Resources and how much of them"),
        max_length=400,
        required=False,
        widget=forms.Textarea(CELL),
    )
    licence = LineField(
        label=_("Licence: number and day"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"class": "inp"}),
    )

    def __init__(
        self, *args: Any, shape: Shape, names: Mapping[UUID, str], all_in: bool, **kwargs: Any
    ) -> None:
        """Know the sides of the kind and the ``names`` of who may be one; ``all_in``: all are."""
        super().__init__(*args, **kwargs)
        sides = [(str(seat.side), seat.side.label) for seat in shape.seats]
        none = [] if all_in else [("", _("takes no part"))]
        offer(self, "side", [*none, *sides])
        self.names = names
        if not shape.teaches:
            self.fields["part"].label = _("What it does")
            del self.fields["licence"]

    @property
    def name(self) -> str:
        """The name of the organisation in this row."""
        key = str(self["organisation"].value())
        return next((name for known, name in self.names.items() if str(known) == key), "")

    def share(self) -> Share:
        """Return it as the verbs take it."""
        return Share(**self.cleaned_data)


class AllSides(_RowsOfForms):
    """The rows as a whole: each organisation of the page once, none lost on the way."""

    def clean(self) -> None:
        """Refuse a form that was cut off."""
        if any(row.add_prefix("gives") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))


SidesForm = forms.formset_factory(
    SideForm, formset=AllSides, extra=0, max_num=200, absolute_max=200
)
"""What each member does."""


def shares_in(rows: Iterable[SideForm]) -> list[Share]:
    """Return those who take part."""
    return [row.share() for row in rows if row.cleaned_data["side"]]


def rows_of(shares: Iterable[Share]) -> list[dict[str, Any]]:
    """Return what the form shows at first."""
    names = ("organisation", "side", "part", "gives", "licence")
    return [{name: getattr(share, name) for name in names} for share in shares]
