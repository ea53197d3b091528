"""What the pages of people ask for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.people.actions import Appointment
from zveno.people.models import Account, Hearing, Post, Token
from zveno.people.models.channels import channels
from zveno.ui.inputs import DayField, LineField, ZoneField

YEARS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]
TERMS = [(30, _("a month")), (90, _("three months")), (366, _("a year"))]


class SignInForm(AuthenticationForm):
    """Name and password. Whatever is wrong with them, the answer is the same."""

    error_messages = {
        "invalid_login": _(
            "The name or the password is wrong. Check the keyboard layout and Caps Lock."
        ),
    }

    def __init__(self, *args: Any, late: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late = late
        self.fields["username"].label = _("Sign-in name")
        self.fields["username"].widget.attrs |= {"spellcheck": "false"}
        self.fields["username"].error_messages |= {"required": _("Enter your sign-in name.")}
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages |= {"required": _("Enter your password.")}

    def clean_username(self) -> str:
        """Forget capitals: phones put one at the beginning."""
        name: str = self.cleaned_data["username"]
        return name.casefold()

    def clean(self) -> dict[str, Any]:
        """Look at the password, unless there were too many attempts."""
        if self.late:
            raise forms.ValidationError(late_words(self.late), code="late")
        return super().clean()

    def confirm_login_allowed(self, user: Account) -> None:
        """Keep out an account of nobody: it would have no rights anywhere."""
        super().confirm_login_allowed(user)
        if user.person_id is None:
            raise self.get_invalid_login_error()

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Say it without naming the field by an attribute of the model."""
        return forms.ValidationError(self.error_messages["invalid_login"], code="invalid_login")


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
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(post.public_id), f"{post.get_role_display()}, {post.organisation}")
            for post in posts
        ]


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
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
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
        self.fields["deputy"].choices = colleagues  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """A sign-in name and a password of one's own choice."""

    sign_in_name = forms.CharField(
        label=_("Sign-in name"),
        max_length=80,
        help_text=_("Letters and digits. Capitals do not matter."),
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters. Three unrelated words will do."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    name = forms.CharField(
        label=_("Sign-in name or email"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
    )


class NewPasswordForm(forms.Form):
    """A password in place of one that is forgotten."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters. Three unrelated words will do."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ChangePasswordForm(NewPasswordForm):
    """A password in place of one that is known."""

    present = forms.CharField(
        label=_("Current password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    spared = forms.MultipleChoiceField(
        label=_("Programs that keep working"),
        help_text=_("Unticked tokens end: someone who knew the old password may have created one."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, tokens: list[Token], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_tokens = bool(tokens)
        self.fields["spared"].choices = [  # type: ignore[attr-defined]
            (str(token.public_id), f"{token.name}: {token.post.organisation}") for token in tokens
        ]


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


class CodeForm(forms.Form):
    """A code from the phone or from paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Spaces and hyphens do not matter."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    """The password once more, before something that guards the account is changed."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class KeyForm(forms.Form):
    """What a device answered, and how its owner calls it."""

    name = LineField(label=_("Name of the device"), max_length=60, required=False)
    credential = forms.CharField(widget=forms.HiddenInput)


def late_words(again: datetime) -> str:
    """Say when to come back after too many attempts."""
    moment = timezone.localtime(again) + timedelta(minutes=1)
    words = _("Too many attempts. Try again at %(time)s, or ask whoever invited you.")
    return str(words) % {"time": f"{moment:%H:%M}"}


def end_of(day: date) -> datetime:
    """Return the moment in which ``day`` ends."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _channels() -> list[tuple[str, Any]]:
    return [(key, channel.name) for key, channel in channels().items()]


class HearingForm(forms.Form):
    """By which channels to hear of what, and where one is at eight in the morning."""

    decide = forms.MultipleChoiceField(
        label=_("Decisions"),
        help_text=_("Straight away if it is due within a day, otherwise in the 8:00 email."),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    changed = forms.MultipleChoiceField(
        label=_("Changes"),
        help_text=_("In one email a day, at 8:00."),
        choices=_channels,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    zone = ZoneField()

    @staticmethod
    def filled(hearing: Hearing) -> dict[str, Any]:
        """Return what was chosen before."""
        zone = hearing.zone or settings.TIME_ZONE
        return {"zone": zone, "decide": hearing.decide, "changed": hearing.changed}
