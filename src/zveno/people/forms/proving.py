"""What somebody types to prove who they are."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from zveno.people.models import Account, Token, late_words
from zveno.ui.inputs import LineField, offer


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
        offer(
            self,
            "spared",
            [
                (str(token.public_id), f"{token.name}: {token.post.organisation}")
                for token in tokens
            ],
        )


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


class KeyForm(PasswordForm):
    """What a device answered, how its owner calls it, and the password once more."""

    name = LineField(label=_("Name of the device"), max_length=60, required=False)
    credential = forms.CharField(widget=forms.HiddenInput)
