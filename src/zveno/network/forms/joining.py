"""Forms of joining: whom a cluster invites, what the invited tell, what an applicant writes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.network.actions import Application, Invitee
from zveno.network.models import Joining
from zveno.organisations.facts import sentence
from zveno.organisations.forms.choosing import OrganisationField
from zveno.organisations.models import Organisation
from zveno.ui.inputs import LineField, offer

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
KINDS = [("", _("Choose")), *Organisation.Kind.choices]
OF_HOUSE = ("kind", "name", "inn", "phone", "address")


class WordField(LineField):
    """One or two sentences to whoever is asked."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea({"rows": "3"})
        super().__init__(max_length=400, required=False, widget=area, **kwargs)


class InviteForm(forms.Form):
    """An organisation of the register, or a name and an e-mail; a word."""

    organisation: OrganisationField
    name = LineField(label=_("Name of the organisation"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Of the head. Leave blank to use the one Zveno knows"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    word = WordField(label=_("A word to them"), help_text=_("Why you invite this organisation"))
    field_order = ("organisation", "name", "email", "word")

    def __init__(self, actor: Actor, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["organisation"] = OrganisationField(
            actor,
            label=_("Organisation"),
            required=False,
            help_text=_("Name, number or INN: «47» finds «Школа № 47»"),
        )
        self.order_fields(self.field_order)

    def invitee(self) -> Invitee:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        house = given.get("organisation")
        key = house.public_id if house else None
        return Invitee(key, given["name"], given["email"], given["word"])


class InnForm(forms.Form):
    """A form that asks for an INN."""

    inn = forms.CharField(
        label=_("INN"), max_length=40, required=False, widget=forms.TextInput(DIGITS)
    )

    def clean_inn(self) -> str:
        """Judge it as the INN of a table is judged; return its digits."""
        typed: str = self.cleaned_data["inn"]
        if not typed:
            return ""
        judged = engines.run("tables", {"check": {"field": "inn", "value": typed}})
        if judged["values"]["inn"] is None:
            raise forms.ValidationError(sentence(judged["problems"][0]))
        return str(judged["values"]["inn"])


class HouseFactsForm(InnForm):
    """What the head of an invited organisation confirms or puts right."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=KINDS)
    name = LineField(
        label=_("Full name of the organisation"),
        max_length=300,
        help_text=_("As in the charter, with the legal form"),
    )
    phone = LineField(label=_("Telephone"), max_length=60, required=False)
    address = LineField(label=_("Address"), max_length=400, required=False)
    family_name = LineField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    given_name = LineField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    patronymic = LineField(label=_("Patronymic"), max_length=100, required=False)
    post = LineField(
        label=_("Post"), max_length=200, required=False, help_text=_("As the staff list names it")
    )

    def __init__(self, joining: Joining, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_known(joining))


def _known(joining: Joining) -> dict[str, str]:
    """Return what is known, or was told already."""
    house = joining.organisation
    known = {"name": joining.name}
    if house:
        known |= {field: getattr(house, field) for field in OF_HOUSE}
    return {**known, **joining.answers}


class OwnApplicationForm(forms.Form):
    """Which of one's organisations applies, and a word."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    word = WordField(label=_("A word to the coordinator"))

    def __init__(
        self, houses: Sequence[Organisation], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"organisation": str(houses[0].public_id)})
        choices = [(str(one.public_id), one.name) for one in houses]
        self.several = len(choices) > 1
        offer(self, "organisation", choices)


class StrangersApplicationForm(InnForm):
    """What somebody without an account tells to apply."""

    name = LineField(label=_("Name of the organisation"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=KINDS)
    family_name = LineField(
        label=_("Your family name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    given_name = LineField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label=_("Your email"),
        help_text=_("The link that confirms the application comes here"),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    word = WordField(label=_("A word to the coordinator"))
    field_order = ("name", "kind", "inn", "family_name", "given_name", "email", "word")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["inn"].required = True

    def application(self) -> Application:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        told = {key: given[key] for key in ("kind", "name", "inn", "family_name", "given_name")}
        return Application(given["name"], given["email"], given["word"], told)
