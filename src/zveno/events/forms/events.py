"""What somebody asks the list of events for: it stands in the address, nonsense asks nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.events.forms.catalogue import LONGEST, STAGES
from zveno.events.models import Event
from zveno.events.models.catalogue import AGES, Sought
from zveno.events.models.listing import HOST, SENT, Listed
from zveno.ui.inputs import YEARS, DayField

ALL = ("", pgettext_lazy("events", "All"))
WHOSE = {HOST: _("We host"), SENT: _("We take part")}


class EventsForm(forms.Form):
    """Filters of the list of events."""

    filters = True
    MORE = ("whose", "kind", "age", "since", "until")
    q = forms.CharField(label=_("Words of the title"), required=False)
    whose = forms.ChoiceField(
        label=_("Who hosts or comes"), choices=[ALL, *WHOSE.items()], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *Event.Kind.choices], required=False)
    age = forms.ChoiceField(label=_("Age"), choices=[ALL, *STAGES.items()], required=False)
    since = DayField(label=_("From which day"), required=False, validators=YEARS)
    until = DayField(label=_("Until which day"), required=False, validators=YEARS)

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked)
        self.is_valid()

    def asks(self, names: Iterable[str] = ("q", *MORE)) -> bool:
        """Whether anything is asked for in the fields of these names."""
        return any(self.cleaned_data.get(name) for name in names)

    def listed(self) -> Listed:
        """Return what is asked for."""
        given = self.cleaned_data
        sought = Sought(
            words=given.get("q", "")[:LONGEST],
            grades=AGES.get(given.get("age", ""), AGES[""]),
            since=given.get("since"),
            until=given.get("until"),
        )
        return Listed(sought, given.get("kind", ""), given.get("whose", ""))
