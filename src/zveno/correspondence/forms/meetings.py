"""What is asked when a meeting is called: when, where, about what, with whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.actions.meetings import Call, Point
from zveno.correspondence.models import Meeting, Poll
from zveno.network.models import Membership
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.inputs import ClockField, DayField, LineField, offer

MOST_ITEMS = 15
PLACE = 300

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["PointForm"]
else:
    _RowsOfForms = forms.BaseFormSet


class MeetingForm(forms.Form):
    """When, where, about what, with whom; ``key`` makes a form sent twice one meeting."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = LineField(label=_("Subject"), max_length=200)
    day = DayField(label=_("Day"))
    begins = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))
    place = LineField(
        label=_("Place"),
        max_length=PLACE,
        help_text=_("A room, or the address of a video call."),
    )
    members = forms.MultipleChoiceField(
        label=_("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever speaks for a member is asked whether they will come."),
    )
    people = forms.MultipleChoiceField(
        label=_("Your colleagues"), required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = LineField(
        label=_("Guests"),
        max_length=400,
        required=False,
        help_text=_("Who else comes. Zveno does not write to them."),
    )

    def __init__(
        self, members: Sequence[Membership], posts: Sequence[Post], *args: Any, **kwargs: Any
    ) -> None:
        """Offer whom to invite: members of the cluster, people of its base organisation."""
        super().__init__(*args, **kwargs)
        houses = [(str(one.organisation.public_id), str(one.organisation)) for one in members]
        offer(self, "members", houses)
        offer(self, "people", [(str(one.public_id), f"{one.person}, {one}") for one in posts])
        for name, rows in (("members", members), ("people", posts)):
            if not rows:
                del self.fields[name]

    @staticmethod
    def at_first(members: Sequence[Membership]) -> dict[str, Any]:
        """Return what the form begins with: all members are invited."""
        return {"key": uuid4(), "members": [str(one.organisation.public_id) for one in members]}

    @staticmethod
    def chosen_by(poll: Poll, members: Iterable[Organisation]) -> dict[str, Any]:
        """Return what the form begins with where a poll has chosen the day: those asked come."""
        if poll.chosen is None:
            return {}
        begins = timezone.localtime(poll.chosen.starts_at)
        return {
            "subject": poll.title,
            "day": begins.date(),
            "begins": begins.time(),
            "ends": (begins + timedelta(minutes=poll.minutes)).time(),
            "place": poll.text if len(poll.text) <= PLACE else "",
            "members": [str(one.public_id) for one in members],
        }

    @staticmethod
    def filled(meeting: Meeting) -> dict[str, Any]:
        """Return what the form of a meeting begins with."""
        begins, ends = map(timezone.localtime, (meeting.begins_at, meeting.ends_at))
        return {
            "key": meeting.public_id,
            "subject": meeting.subject,
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "place": meeting.place,
            "guests": meeting.guests,
        }

    def call(self, agenda: Sequence[Point]) -> Call:
        """Return it as the verbs take it."""
        given = self.cleaned_data
        return Call(
            key=given["key"],
            subject=given["subject"],
            begins_at=self._moment("begins"),
            ends_at=self._moment("ends"),
            place=given["place"],
            members=[UUID(key) for key in given.get("members", [])],
            people=[UUID(key) for key in given.get("people", [])],
            guests=given["guests"],
            agenda=agenda,
        )

    def _moment(self, name: str) -> datetime:
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given[name]))


class PointForm(forms.Form):
    """An item of the agenda; without words it is left out."""

    text = LineField(
        label=_("Item of the agenda"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "inp"}),
    )
    reporter = LineField(
        label=_("Who reports"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"class": "inp"}),
    )


class AllPoints(_RowsOfForms):
    """The agenda as a whole."""

    def clean(self) -> None:
        """Refuse an agenda of nothing, and one that was cut off."""
        if any(row.add_prefix("text") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))
        if not any(row.cleaned_data.get("text") for row in self.forms if row.is_valid()):
            raise forms.ValidationError(_("Enter at least one item of the agenda."))


AgendaForm = forms.formset_factory(
    PointForm, formset=AllPoints, extra=3, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS
)
"""The items of an agenda and a place for more."""


def points_in(rows: Iterable[PointForm]) -> list[Point]:
    """Return the items that have words."""
    typed = [row.cleaned_data for row in rows]
    return [Point(given["text"], given["reporter"]) for given in typed if given.get("text")]


class AnswerForm(forms.Form):
    """Whether somebody comes, and a few words."""

    comes = forms.TypedChoiceField(
        choices=[("yes", _("Will come")), ("no", _("Cannot come"))],
        coerce=lambda said: said == "yes",
    )
    note = LineField(label=_("In a few words"), max_length=300, required=False)


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = LineField(label=_("Why it is cancelled"), max_length=300)
