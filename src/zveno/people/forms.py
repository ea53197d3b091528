"""The form of the sign-in page."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from zveno.people.models import Account


class SignInForm(AuthenticationForm):
    """Name and password. Whatever is wrong with them, the answer is the same."""

    error_messages = {
        "invalid_login": _(
            "The name or the password is wrong. Check the keyboard layout and Caps Lock."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Sign-in name")
        self.fields["username"].widget.attrs |= {"spellcheck": "false"}
        self.fields["username"].error_messages |= {"required": _("Enter your sign-in name.")}
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages |= {"required": _("Enter your password.")}

    def clean_username(self) -> str:
        """Forget capitals: phones put one at the beginning."""
        name: str = self.cleaned_data["username"]
        return name.casefold()

    def confirm_login_allowed(self, user: Account) -> None:
        """Keep out an account of nobody: it would have no rights anywhere."""
        super().confirm_login_allowed(user)
        if user.person_id is None:
            raise self.get_invalid_login_error()

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Say it without naming the field by an attribute of the model."""
        return forms.ValidationError(self.error_messages["invalid_login"], code="invalid_login")
