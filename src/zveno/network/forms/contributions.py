"""What the pages of contributions ask for: a promise, what was given, which to show."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import FileEmpty, Upload
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.actions import Gift, Promise
from zveno.network.forms.programmes import RoublesField
from zveno.network.models import Contribution, Obligation
from zveno.network.models.money import NOTHING
from zveno.organisations.forms.choosing import OrganisationField
from zveno.organisations.models import Organisation
from zveno.ui.inputs import YEARS, DayField, LineField, offer

GIFT_DIGITS, HOURS_DIGITS = 13, 9


class PromiseForm(forms.Form):
    """Who gives what to whom; ``givers`` is empty where any organisation may be chosen."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    giver: forms.Field
    receiver = forms.ChoiceField(label=_("Who receives it"))
    kind = forms.ChoiceField(label=_("What kind"), choices=Contribution.Kind.choices)
    what = LineField(
        label=_("What exactly"), max_length=300, help_text=_("Do not name people: all sides see it")
    )
    promised = RoublesField(
        label=_("Worth, ₽"), max_digits=GIFT_DIGITS, help_text=_("All of it, as it was promised")
    )
    obligation = forms.ChoiceField(label=_("Promised in an agreement"), required=False)
    field_order = ("giver", "receiver", "kind", "what", "promised", "obligation")

    def __init__(
        self,
        actor: Actor,
        sides: tuple[Sequence[Organisation], Sequence[Organisation]],
        owed: Iterable[Obligation],
        *args: Any,
    ) -> None:
        super().__init__(*args)
        givers, receivers = sides
        self.known = {str(one.public_id): one for one in (*givers, *receivers)}
        self.owed = {str(one.public_id): one for one in owed}
        self.fields["giver"] = _giver(actor, givers)
        offer(self, "receiver", [(str(one.public_id), one.name) for one in receivers])
        none = ("", _("in no agreement"))
        lines = [(key, f"{one.text}. {one.agreement}") for key, one in self.owed.items()]
        offer(self, "obligation", [none, *lines])
        self.order_fields(self.field_order)

    def promise(self) -> Promise:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        giver = given["giver"]
        return Promise(
            giver=giver if isinstance(giver, Organisation) else self.known[giver],
            receiver=self.known[given["receiver"]],
            kind=given["kind"],
            what=given["what"],
            promised=given["promised"],
            obligation=self.owed.get(given["obligation"]),
            key=given["key"] or uuid4(),
        )


def _giver(actor: Actor, givers: Sequence[Organisation]) -> forms.Field:
    if givers:
        choices = [(str(one.public_id), one.name) for one in givers]
        return forms.ChoiceField(label=_("Who gives it"), choices=choices)
    words = _("Name, number or INN: «47» finds «Школа № 47»")
    return OrganisationField(actor, label=_("Who gives it"), help_text=words)


class GiftForm(forms.Form):
    """What was given, when, and what proves it: an amount, or hours by their rate."""

    amount = RoublesField(label=_("Worth, ₽"), max_digits=GIFT_DIGITS)
    hours = RoublesField(label=_("Hours"), max_digits=HOURS_DIGITS)
    rate = RoublesField(label=_("Rate of an hour, ₽"), max_digits=HOURS_DIGITS)
    day = DayField(label=_("Day"), validators=YEARS)
    proof = forms.FileField(
        label=_("Proof file"),
        allow_empty_file=False,
        help_text=_("PDF, JPEG or PNG, up to 20 MB: an act, a payment order, a list of hours."),
        error_messages={"empty": FileEmpty.message},
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, contribution: Contribution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_hours = contribution.kind == Contribution.Kind.HOURS
        for name in ("amount",) if by_hours else ("hours", "rate"):
            del self.fields[name]

    def gift(self) -> Gift:
        """Return it as the verb takes it."""
        given, file = self.cleaned_data, self.cleaned_data["proof"]
        return Gift(
            day=given["day"],
            proof=Upload(file.name, file.content_type or "", file.read()),
            amount=given.get("amount") or NOTHING,
            hours=given.get("hours"),
            rate=given.get("rate"),
        )


def gift_of(contribution: Contribution) -> GiftForm:
    """Return the form as it first appears."""
    return GiftForm(contribution, initial={"day": clock.today()})


class WhichForm(forms.Form):
    """Which contributions to show: of a partner, to a programme, in a year."""

    filters = True
    giver = forms.ChoiceField(label=_("Partner"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, contributions: Sequence[Contribution], *args: Any) -> None:
        super().__init__(*args)
        self._offer("giver", ((one.giver.public_id, str(one.giver)) for one in contributions))
        programmes = ((one.programme.public_id, one.programme.name) for one in contributions)
        self._offer("programme", programmes)
        self._offer("year", ((one.year, str(one.year)) for one in contributions))

    def _offer(self, name: str, found: Iterable[tuple[UUID | int, str]]) -> None:
        known = sorted({(str(key), words) for key, words in found}, key=lambda one: one[1])
        offer(self, name, [("", _("All")), *known])

    def fits(self, one: Contribution) -> bool:
        """Whether a contribution is among those asked for; what is not offered asks nothing."""
        asked = self.cleaned_data if self.is_bound else {}
        said = {
            "giver": str(one.giver.public_id),
            "programme": str(one.programme.public_id),
            "year": str(one.year),
        }
        return all(asked.get(name) in {None, "", value} for name, value in said.items())
