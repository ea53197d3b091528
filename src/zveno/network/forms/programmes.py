"""What the pages of programmes ask for: facts, lines of money, who takes part."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import Actor
from zveno.network.actions import Planned, ProgrammeFacts
from zveno.network.models import BY_HAND, Cluster, MoneyLine, Programme, Source
from zveno.network.models.money import KOPECKS, MOST_DIGITS, NOTHING, field_of
from zveno.organisations.forms.choosing import OrganisationField
from zveno.organisations.models import Organisation
from zveno.ui.choosing import Choice
from zveno.ui.inputs import YEARS, DayField, LineField, offer

SPACES = re.compile(r"[\s\u00a0\u202f]")
AMOUNT = re.compile(r"[0-9]+([.,][0-9]{1,2})?")


class RoublesField(forms.DecimalField):
    """An amount typed as 1 200 000,50; a point and no spaces pass too."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "inp num", "inputmode": "decimal", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attributes))
        kwargs.setdefault("max_digits", MOST_DIGITS)
        super().__init__(min_value=NOTHING, decimal_places=KOPECKS, **kwargs)
        self.error_messages["invalid"] = _("Enter an amount like this: 1200000.50.")

    def to_python(self, value: Any) -> Any:
        """Return the amount; ``ValidationError`` for what is no amount of roubles and kopecks."""
        if not isinstance(value, str):
            return super().to_python(value)
        typed = SPACES.sub("", value)
        if typed and not AMOUNT.fullmatch(typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """Show spaces between thousands, and kopecks only where there are any."""
        if not isinstance(value, Decimal):
            return value
        shown = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
        return shown.replace(",", "\u00a0").replace(".", get_format("DECIMAL_SEPARATOR"))


class ProgrammeForm(forms.Form):
    """What is known of a programme held by one of ``holders``."""

    name = LineField(label=_("Name of the programme"), max_length=300)
    number = LineField(
        label=_("Number"), max_length=60, help_text=_("As in the order or the agreement")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Programme.Kind.choices)
    funder = LineField(label=_("Who funds it"), max_length=300)
    begins = DayField(label=_("First day"), validators=YEARS)
    ends = DayField(label=_("Last day"), validators=YEARS)

    def facts(self) -> ProgrammeFacts:
        """Return them as the verbs take them."""
        return ProgrammeFacts(**{name: self.cleaned_data[name] for name in FACTS})


FACTS = ("number", "name", "kind", "funder", "begins", "ends")


class NewProgrammeForm(ProgrammeForm):
    """A new programme."""

    holder = forms.ChoiceField(label=_("Who holds it"))

    def __init__(self, holders: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = holders
        offer(self, "holder", [(str(one.public_id), one.name) for one in holders])


class MoneyForm(forms.Form):
    """Plan and fact of each source in each year of a programme; an empty row is left out."""

    def __init__(self, programme: Programme, lines: Iterable[MoneyLine], *args: Any) -> None:
        super().__init__(*args)
        known = {(line.year, line.source): line for line in lines}
        self.rows = [
            MoneyRow(self, year, source, known.get((year, source.value)))
            for year in programme.years
            for source in Source
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a form that was cut off."""
        if any(row.name("planned") not in self.data for row in self.rows):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))
        return self.cleaned_data

    def lines(self) -> list[Planned]:
        """Return the rows somebody has filled in, as the verb takes them."""
        return [row.line() for row in self.rows if row.is_filled]


class MoneyRow:
    """A row of the form: a source in a year."""

    def __init__(self, form: MoneyForm, year: int, source: Source, line: MoneyLine | None) -> None:
        self.form, self.year, self.source = form, year, source
        self.by_hand = source in BY_HAND
        self.counted = line.fact if line and not self.by_hand else NOTHING
        words = {"year": year, "source": source.label}
        self._ask("planned", gettext("Plan, %(year)s, %(source)s") % words, line)
        if self.by_hand:
            self._ask("fact", gettext("Fact, %(year)s, %(source)s") % words, line)

    def _ask(self, what: str, label: str, line: MoneyLine | None) -> None:
        amount = getattr(line, what, None) or None
        self.form.fields[self.name(what)] = RoublesField(
            label=label, required=False, initial=amount
        )

    def name(self, what: str) -> str:
        """Name a field of this row."""
        return field_of(what, self.year, self.source)

    @property
    def planned(self) -> forms.BoundField:
        """The plan."""
        return self.form[self.name("planned")]

    @property
    def fact(self) -> forms.BoundField | None:
        """The fact, where it is noted by hand."""
        return self.form[self.name("fact")] if self.by_hand else None

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        line = self.line()
        return bool(line.planned or line.fact)

    def line(self) -> Planned:
        """Return it as the verb takes it."""
        given = self.form.cleaned_data
        planned, fact = (given.get(self.name(name)) or NOTHING for name in ("planned", "fact"))
        return Planned(self.year, self.source.value, planned, fact)


class ParticipantField(OrganisationField):
    """A cluster or an organisation, found by its name; gives the row."""

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(actor, **kwargs)
        self.widget.url = reverse("network:participant_options")

    def find(self, words: str) -> list[Choice]:
        """Return the likeliest clusters, then organisations."""
        rows = Cluster.objects.visible_to(self.actor).live().filter(name__icontains=words)
        clusters = rows.select_related("territory").order_by("name", "pk")[: self.most]
        named = [Choice(row.public_id, row.name, str(row.territory)) for row in clusters]
        return [*named, *super().find(words)]

    def pick(self, key: UUID) -> Cluster | Organisation | None:  # type: ignore[override]
        """Return the one with this key."""
        for rows in (Cluster.objects, Organisation.objects):
            found = rows.visible_to(self.actor).filter(public_id=key).first()
            if found:
                return found
        return None


class ParticipantForm(forms.Form):
    """Who takes part, from which day on."""

    who: ParticipantField
    day = DayField(label=_("From this day"), validators=YEARS)
    field_order = ("who", "day")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = ParticipantField(
            actor,
            label=_("Cluster or organisation"),
            help_text=_("The name of a cluster; the name, number or INN of an organisation"),
        )
        self.order_fields(self.field_order)


class LastDayForm(forms.Form):
    """The last day somebody takes part."""

    day = DayField(label=_("Last day"), validators=YEARS)
