"""Forms of one organisation: its card, and what happened to it on a day."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.organisations.actions import Card, Turn
from zveno.organisations.facts import judge
from zveno.organisations.forms.choosing import OrganisationField, TerritoryField
from zveno.organisations.models import Organisation
from zveno.ui.inputs import DayField, LineField

What = Turn.What
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
SAID = ("kind", "name", "short_name", "inn", "kpp", "ogrn", "email", "phone", "site", "address")
PARTS = ("successor", "second", "third")
LABELS = dict(
    zip(PARTS, (_("Successor"), _("Second successor"), _("Third successor")), strict=True)
)


class CardForm(forms.Form):
    """What the card of an organisation says today."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Organisation.Kind.choices)
    name = LineField(
        label=_("Full name of the organisation"),
        max_length=300,
        help_text=_("As in the charter. Record a new name from a certain day in the history"),
    )
    short_name = LineField(
        label=_("Short name"), max_length=100, required=False, help_text=_("For narrow columns")
    )
    inn = forms.CharField(
        label=_("INN"), max_length=40, required=False, widget=forms.TextInput(DIGITS)
    )
    kpp = forms.CharField(
        label=_("KPP"), max_length=40, required=False, widget=forms.TextInput(DIGITS)
    )
    ogrn = forms.CharField(
        label=_("OGRN"), max_length=40, required=False, widget=forms.TextInput(DIGITS)
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The organisation’s, not a person’s")
    )
    phone = LineField(label=_("Telephone"), max_length=60, required=False)
    site = forms.URLField(label=_("Site"), max_length=200, required=False, assume_scheme="https")
    address = LineField(label=_("Address"), max_length=400, required=False)

    def __init__(self, organisation: Organisation, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(organisation, name) for name in SAID})

    def clean(self) -> dict[str, Any]:
        """Judge what was changed."""
        given = super().clean() or self.cleaned_data
        judge(self)
        return given

    def card(self) -> Card:
        """Return it as the verb takes it."""
        return Card(**{name: self.cleaned_data[name] for name in SAID})


class TurnForm(forms.Form):
    """What happened to an organisation, on which day, and what it is since."""

    day = DayField(label=_("From which day"), help_text=_("As in the order or the register"))

    def __init__(
        self, what: str, actor: Actor, organisation: Organisation, data: Any = None
    ) -> None:
        super().__init__(data, initial={"day": clock.today(), "kind": organisation.kind})
        self.what = what
        if what == What.RENAMED:
            self.fields["name"] = LineField(label=_("New full name"), max_length=300)
        if what == What.TURNED:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind of organisation"), choices=Organisation.Kind.choices
            )
        if what == What.MOVED:
            self.fields["territory"] = TerritoryField(
                actor, label=_("Region or district"), help_text=_("Enter part of its name")
            )
        for name, required in _parts(what):
            self.fields[name] = OrganisationField(
                actor,
                label=LABELS[name],
                required=required,
                help_text=_("Name, number or INN: «47» finds «Школа № 47»"),
            )

    def turn(self) -> Turn:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        successors = [given[name] for name in PARTS if given.get(name)]
        told = {name: given[name] for name in ("name", "kind", "territory") if name in given}
        return Turn(what=self.what, day=given["day"], successors=successors, **told)


def _parts(what: str) -> Sequence[tuple[str, bool]]:
    """Name the fields for successors, and whether each must be filled in."""
    needed = {What.MERGED: 1, What.SPLIT_OFF: 1, What.SPLIT: 2}.get(What(what), 0)
    shown = PARTS[:1] if what == What.MERGED else PARTS[: 3 if needed else 0]
    return [(name, place < needed) for place, name in enumerate(shown)]
