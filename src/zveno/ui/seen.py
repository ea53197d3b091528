"""What a form was drawn from travels with it: what somebody else has saved since is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import TracebackType
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import date_format

from zveno.kernel.meanwhile import Change, ChangedMeanwhile, Words
from zveno.kernel.models import Entry
from zveno.ui.differences import Line, differences

NAME, SALT = "seen", "zveno.seen"
CONFLICT, REFUSED = 409, 422


@dataclass(frozen=True, slots=True)
class Shown:
    """A field that somebody else has changed; ``yours``: what the second typed is kept."""

    label: str
    lines: list[Line]
    yours: bool


class Seen:
    """What a form was drawn from; around a verb it keeps the refusal of whoever comes second.

    After that the form goes on from what is stored now.
    """

    def __init__(self, words: Words | None) -> None:
        self.words = words
        self.changes: list[Change] = []
        self.shown: list[Shown] = []
        self.entry: Entry | None = None

    @classmethod
    def sent(cls, data: Mapping[str, str]) -> "Seen":
        """Read it from a form; what was not written here is as good as nothing."""
        try:
            return cls(dict(signing.loads(data.get(NAME, ""), salt=SALT)))
        except signing.BadSignature:
            return cls(None)

    @property
    def text(self) -> str:
        """Return it as the form sends it back."""
        return signing.dumps(dict(self.words or {}), salt=SALT, compress=True)

    @property
    def status(self) -> int:
        """Return the status of a form that is drawn anew."""
        return CONFLICT if self.changes else REFUSED

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Keep what somebody else has changed; nothing else."""
        if not isinstance(error, ChangedMeanwhile):
            return False
        self.changes, self.words, self.entry = error.changes, error.now, error.entry
        return True

    def follow(self, form: forms.Form) -> None:
        """Tell the changes in the words of a form; what was left as it was follows them."""
        data = QueryDict(mutable=True)
        data.update(form.data)
        for change in self.changes:
            field = form.fields.get(change.field)
            if field is None:
                continue
            typed = _plain(form.cleaned_data.get(change.field))
            yours = typed not in {_plain(change.was), _plain(change.now)}
            if not yours:
                data[form.add_prefix(change.field)] = str(_typed(field, change.now))
            self.tell(change, str(field.label), _saying(field), yours=yours)
        form.data = data

    def tell(
        self, change: Change, label: str, said: Callable[[Any], str], *, yours: bool = True
    ) -> None:
        """Tell of one change, in the words that ``said`` finds."""
        lines = differences(said(change.was), said(change.now))
        self.shown.append(Shown(label, lines, yours))


def _plain(value: Any) -> str:
    """Write a value as it stands among what was seen."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else ""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _typed(field: forms.Field, value: Any) -> Any:
    """Write a value as a person types it."""
    if isinstance(field, forms.DateField) and value:
        return date_format(date.fromisoformat(value), "d.m.Y")
    if isinstance(field, forms.DecimalField) and value:
        return field.prepare_value(Decimal(value))
    return value or ""


def _saying(field: forms.Field) -> Callable[[Any], str]:
    """Return how a value of a field is called."""
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    named: dict[str, Any] = dict(flatten_choices(choices))
    return lambda value: str(named.get(value, _typed(field, value)))
