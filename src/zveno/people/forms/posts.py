"""What is asked about people, their posts and the programs that act in them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.people.actions import Appointment
from zveno.people.models import Post, Token
from zveno.ui.inputs import YEARS, DayField, LineField, offer

TERMS = [(30, _("a month")), (90, _("three months")), (366, _("a year"))]


class TokenForm(forms.Form):
    """Which program gets a token, for which post, what it may and how long."""

    name = LineField(
        label=_("Which program it is for"),
        max_length=80,
        help_text=_("For example: the school's register"),
    )
    post = forms.ChoiceField(label=_("Which post it acts for"))
    may = forms.ChoiceField(label=_("What it can do"), choices=Token.May.choices)
    days = forms.TypedChoiceField(label=_("How long"), choices=TERMS, coerce=int)

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "post",
            [
                (str(post.public_id), f"{post.get_role_display()}, {post.organisation}")
                for post in posts
            ],
        )


class FirstForm(forms.Form):
    """Who comes first to an empty installation."""

    family_name = LineField(label=_("Family name"), max_length=100)
    given_name = LineField(label=_("Given name"), max_length=100, required=False)
    patronymic = LineField(label=_("Patronymic"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class AppointForm(FirstForm):
    """Who takes which post, from when until when."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "The invitation is sent here. Without an address you print a page with a QR code."
        ),
    )
    role = forms.ChoiceField(label=_("What they can do"), widget=forms.RadioSelect)
    title = LineField(
        label=_("Job title"),
        max_length=200,
        required=False,
        help_text=_("For example: deputy head"),
    )
    since = DayField(
        label=_("First day"),
        required=False,
        help_text=_("Leave blank to start now"),
        validators=YEARS,
    )
    until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave blank for no end date"),
        validators=YEARS,
    )

    def __init__(self, roles: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", roles)
        for name in ("family_name", "given_name", "patronymic", "email"):
            self.fields[name].widget.attrs |= {"autocomplete": "off"}

    def appointment(self) -> Appointment:
        """Return what was asked for; a post begins with its first day and ends with its last."""
        given = self.cleaned_data
        since, until = given["since"], given["until"]
        coming = since and since > clock.today()
        return Appointment(
            **given
            | {
                "since": timezone.make_aware(datetime.combine(since, time.min)) if coming else None,
                "until": end_of(until) if until else None,
            }
        )


class LastDayForm(forms.Form):
    """Until when."""

    until = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave blank to end it now"),
        validators=YEARS,
    )

    def moment(self) -> datetime | None:
        """Return when that day ends; nothing for at once and for days gone."""
        day = self.cleaned_data["until"]
        return end_of(day) if day and day >= clock.today() else None


class StandInForm(forms.Form):
    """Which colleague stands in, and until when."""

    deputy = forms.ChoiceField(label=_("Who stands in"))
    until = DayField(label=_("Last day"), help_text=_("Three months at most"), validators=YEARS)

    def __init__(self, colleagues: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputy", colleagues)


class ReasonForm(forms.Form):
    """Why somebody's second step is taken away."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example: lost phone. The person will see the reason and your name."),
    )


class LetterForm(forms.Form):
    """Where a test letter goes."""

    email = forms.EmailField(label=_("E-mail"))


def end_of(day: date) -> datetime:
    """Return the moment in which ``day`` ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
