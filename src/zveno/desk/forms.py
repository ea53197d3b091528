"""Filters of the desk's lists."""

from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from zveno.desk.models import ExportRequest
from zveno.desk.models.verbs import SAID, said
from zveno.kernel.actor import Actor
from zveno.learners.actions import Named
from zveno.learners.models import Guardian
from zveno.organisations.forms.choosing import OrganisationField
from zveno.organisations.models import Organisation, name_key
from zveno.ui.inputs import DayField, LineField

FOUND = 200


def _verbs() -> list[tuple[str, str]]:
    return [("", str(_("any"))), *sorted(((name, said(name)) for name in SAID), key=itemgetter(1))]


class TwinForm(forms.Form):
    """Which organisation of the register is another one once more."""

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        self.fields["other"] = OrganisationField(
            actor,
            label=_("The duplicate"),
            help_text=_("Part of the name, the number or the INN"),
        )


class ExportForm(forms.Form):
    """Which list of whose people, and what for."""

    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        None, label=_("Organisation"), to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=_("List"), choices=ExportRequest.Kind)
    reason = LineField(
        label=_("What it is for"),
        help_text=_("Kept in the request beside your name."),
        max_length=500,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class JournalFilter(forms.Form):
    """Which entries of the journal to show. Empty fields ask for nothing."""

    filters = True

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    verb = forms.ChoiceField(label=_("Action"), choices=_verbs, required=False)
    organisation = forms.CharField(
        label=_("On behalf of"),
        help_text=_("INN or words of the name"),
        max_length=300,
        required=False,
    )
    who = forms.CharField(
        label=_("Who"), help_text=_("Pseudonym from the table"), max_length=40, required=False
    )
    record = forms.CharField(
        label=_("Record"),
        help_text=_("Kind and key from the table"),
        max_length=121,
        required=False,
    )

    def conditions(self, actor: Actor) -> dict[str, Any]:
        """Return the lookups these fields ask for."""
        asked = self.cleaned_data
        found: dict[str, Any] = {}
        if asked["since"]:
            found["at__gte"] = _midnight(asked["since"])
        if asked["until"]:
            found["at__lt"] = _midnight(asked["until"] + timedelta(days=1))
        if asked["verb"]:
            found["verb"] = asked["verb"]
        if asked["who"]:
            found["actor_key"] = asked["who"]
        if asked["record"]:
            kind, _colon, key = asked["record"].partition(":")
            found |= {"target_kind": kind, "target_key": key}
        if asked["organisation"]:
            found["organisation__in"] = _named(actor, asked["organisation"])
        return found


def _midnight(day: Any) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _named(actor: Actor, words: str) -> list[int]:
    register = Organisation.objects.visible_to(actor)
    like = {"inn": words} if words.isdecimal() else {"name_key__contains": name_key(words)}
    return list(register.filter(**like).values_list("pk", flat=True)[:FOUND])


class NamedForm(forms.Form):
    """Who came by the code of a family."""

    name = LineField(
        label=_("Your family name, given name, patronymic"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    relation = forms.ChoiceField(label=_("You are the child’s"), choices=Guardian.Relation)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only to send you the link again. You may leave it out."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def who(self) -> Named:
        """Return who it is."""
        return Named(**self.cleaned_data)
