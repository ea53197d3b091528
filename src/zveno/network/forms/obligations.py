"""What the pages of obligations ask for."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import FileEmpty, Upload
from zveno.kernel import clock
from zveno.network.actions.obligations import LARGEST, Report
from zveno.network.models import Obligation, Party, Period, Side
from zveno.network.models.wording import Owed
from zveno.ui.inputs import YEARS, DayField, LineField, offer

THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["ObligationForm"]
else:
    _RowsOfForms = forms.BaseFormSet


class ObligationForm(forms.Form):
    """One obligation, of a role or of one of ``parties``; without words it is left out."""

    role = forms.ChoiceField(
        label=_("Whose"), choices=Side.choices, widget=forms.Select({"class": "sel"})
    )
    text = LineField(
        label=_("Obligation"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": "3", "class": "inp"}),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=[("", _("not counted")), *Obligation.Unit.choices],
        required=False,
        widget=forms.Select({"class": "sel"}),
    )
    planned = forms.IntegerField(
        label=_("How many"),
        min_value=0,
        max_value=LARGEST,
        required=False,
        widget=forms.NumberInput({"class": "inp"}),
    )
    period = forms.ChoiceField(
        label=_("How often"),
        choices=Period.choices,
        required=False,
        widget=forms.Select({"class": "sel"}),
    )
    due = DayField(
        label=_("Until"),
        required=False,
        validators=YEARS,
        widget=forms.DateInput({"class": "inp", "size": "10"}, format="%d.%m.%Y"),
    )

    def __init__(self, *args: Any, parties: Iterable[Party] = (), **kwargs: Any) -> None:
        """Let one of ``parties`` owe something alone."""
        super().__init__(*args, **kwargs)
        known = list(parties)
        self.parties = {str(party.public_id): party for party in known}
        if known:
            alone = [(str(party.public_id), str(party)) for party in known]
            sides = {party.role for party in known}
            all_of = [choice for choice in Side.choices if choice[0] in sides]
            offer(self, "role", [*all_of, *alone])

    def clean_period(self) -> str:
        """Take an academic year for granted."""
        return self.cleaned_data["period"] or Period.YEAR

    def clean(self) -> dict[str, Any]:
        """Let what is counted agree with what is signed, and a day stand by what is owed once."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors or not given["text"]:
            return given
        if given["due"] and given["period"] != Period.ONCE:
            self.add_error("due", _("Only obligations owed once have a day. Choose “once”."))
        if given["unit"]:
            self._count(given["text"], given["planned"])
        return given

    def _count(self, text: str, planned: int | None) -> None:
        if not planned:
            self.add_error("planned", _("Enter how many, or choose “not counted”."))
        elif str(planned) not in re.findall(
            r"\d+", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", text)
        ):
            words = _(
                "The number %(planned)s is not in the text: it must also be in what is signed."
            )
            self.add_error("planned", words % {"planned": planned})

    def owed(self) -> Owed:
        """Return the obligation as the verbs take it."""
        given = self.cleaned_data
        party = self.parties.get(given["role"])
        return Owed(
            role=party.role if party else given["role"],
            text=given["text"],
            unit=given["unit"],
            planned=given["planned"] or 0,
            period=given["period"],
            due=given["due"],
            party=party.public_id if party else None,
        )


class AllObligations(_RowsOfForms):
    """The rows as a whole: what is missing was not emptied, and something must be owed."""

    def clean(self) -> None:
        """Refuse a form that was cut off, and one that would leave nothing."""
        if any(row.add_prefix("text") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))
        if not any(row.cleaned_data.get("text") for row in self.forms if row.is_valid()):
            raise forms.ValidationError(_("Keep at least one obligation."))


ObligationsForm = forms.formset_factory(
    ObligationForm, formset=AllObligations, extra=1, max_num=60, absolute_max=60
)
"""The obligations of a draft and a place for one more."""


def owed_in(rows: Iterable[ObligationForm]) -> list[Owed]:
    """Return the obligations that have words."""
    return [row.owed() for row in rows if row.cleaned_data.get("text")]


def rows_of(obligations: Iterable[Obligation]) -> list[dict[str, Any]]:
    """Return what the form shows at first."""
    return [
        {
            "role": obligation.party.public_id if obligation.party else obligation.role,
            "text": obligation.text,
            "unit": obligation.unit,
            "planned": obligation.planned or None,
            "period": obligation.period,
            "due": obligation.due,
        }
        for obligation in obligations
    ]


class ReportForm(forms.Form):
    """What was done of an obligation, when, and what proves it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.IntegerField(label=_("How much"), min_value=1, max_value=LARGEST)
    day = DayField(label=_("Day"), validators=YEARS)
    note = LineField(
        label=_("In a few words"),
        max_length=300,
        required=False,
        help_text=_("What exactly was done. Do not name children."),
    )
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        allow_empty_file=False,
        help_text=_("PDF, JPEG or PNG, up to 20 MB: a certificate, an order, a list of hours."),
        error_messages={"empty": FileEmpty.message},
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        """Ask how much only of what is counted."""
        super().__init__(*args, **kwargs)
        if not obligation.unit:
            del self.fields["amount"]

    def report(self) -> Report:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        file = given["proof"]
        proof = Upload(file.name, file.content_type or "", file.read()) if file else None
        return Report(given["key"], given["day"], given.get("amount", 1), given["note"], proof)


def report_of(obligation: Obligation) -> ReportForm:
    """Return the form as it first appears; its key tells this report from any other."""
    return ReportForm(initial={"key": uuid4(), "day": clock.today()}, obligation=obligation)
