"""What is asked of a poll of dates, and of an answer to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.correspondence import actions
from zveno.correspondence.forms.fields import ChoosingForm
from zveno.correspondence.models import Slot, Vote
from zveno.network.models import Cluster
from zveno.ui.inputs import ClockField, DayField, LineField, TextField

AT_FIRST = 4
LENGTHS = (30, 45, 60, 90, 120, 180, 240)
VOTES = [(value, capfirst(value.label)) for value in Vote.Value]


def _lengths() -> list[tuple[int, str]]:
    words = [ngettext("%(number)s minute", "%(number)s minutes", number) for number in LENGTHS]
    return [
        (number, said % {"number": number}) for number, said in zip(LENGTHS, words, strict=True)
    ]


class PollForm(ChoosingForm):
    """What is asked, of whom, and which moments are offered; ``key`` makes it one poll."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = LineField(label=gettext_lazy("What the meeting is about"), max_length=150)
    text = TextField(
        label=gettext_lazy("Place and details"), max_length=1000, rows=3, required=False
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long it lasts"), choices=_lengths, coerce=int, initial=60
    )
    due = DayField(label=gettext_lazy("Answer by"))

    def __init__(self, cluster: Cluster, *args: Any) -> None:
        """Add ten rows of a day and a time."""
        super().__init__(cluster, *args)
        for number in range(1, actions.MOST_SLOTS + 1):
            words = {"number": number}
            self.fields[f"day-{number}"] = DayField(
                label=_("Day %(number)s") % words, required=number <= actions.FEWEST_SLOTS
            )
            self.fields[f"time-{number}"] = ClockField(
                label=_("Time %(number)s") % words, required=number <= actions.FEWEST_SLOTS
            )

    @staticmethod
    def at_first() -> dict[str, Any]:
        """Return what a new poll begins with."""
        return {"key": uuid4(), "to": "all", "minutes": 60}

    def first_rows(self) -> Iterable[tuple[Any, Any]]:
        """Return the rows that are shown at once."""
        return self._rows(range(1, AT_FIRST + 1))

    def more_rows(self) -> Iterable[tuple[Any, Any]]:
        """Return the others."""
        return self._rows(range(AT_FIRST + 1, actions.MOST_SLOTS + 1))

    def _rows(self, numbers: Iterable[int]) -> Iterable[tuple[Any, Any]]:
        return [(self[f"day-{number}"], self[f"time-{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a row that has one."""
        said = super().clean() or {}
        for number in range(1, actions.MOST_SLOTS + 1):
            for half, other in (("day", "time"), ("time", "day")):
                name = f"{half}-{number}"
                if not said.get(name) and said.get(f"{other}-{number}") and name not in self.errors:
                    self.add_error(name, _("Enter both a day and a time, or leave both empty."))
        return said

    def question(self) -> actions.Question:
        """Return it as the verb takes it."""
        names = ("key", "title", "text", "minutes", "due")
        return actions.Question(
            **{name: self.cleaned_data[name] for name in names},
            starts=[*self._starts()],
            members=self.chosen(),
        )

    def _starts(self) -> Iterable[datetime]:
        for number in range(1, actions.MOST_SLOTS + 1):
            day, clock = (self.cleaned_data[f"{half}-{number}"] for half in ("day", "time"))
            if day:
                yield timezone.make_aware(datetime.combine(day, clock))


class VoteForm(forms.Form):
    """An answer to each moment on offer."""

    def __init__(self, slots: list[Slot], *args: Any) -> None:
        """Ask about each of ``slots``."""
        super().__init__(*args)
        self.slots = slots
        for slot in slots:
            moment = timezone.localtime(slot.starts_at)
            self.fields[str(slot.public_id)] = forms.ChoiceField(
                label=date_format(moment, "l, j E, H:i").capitalize(),
                choices=VOTES,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )

    def votes(self) -> dict[UUID, str]:
        """Return the answers by moment."""
        return {slot.public_id: self.cleaned_data[str(slot.public_id)] for slot in self.slots}
