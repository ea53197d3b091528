"""What a member confirms or puts right in August, on one screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.actions import YearFacts
from zveno.network.models import YearCheck
from zveno.network.models.checks import MOST_COUNTED, counted_in
from zveno.network.models.wording import BASIS
from zveno.organisations.facts import judge
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.inputs import LineField

CONTACTS = ("phone", "email", "site", "address")
SIGNS = ("family_name", "given_name", "patronymic")
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CheckForm(forms.Form):
    """Contacts, who signs and on what basis, and the head-counts an organisation has."""

    phone = LineField(label=_("Telephone"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The organisation’s, not a person’s")
    )
    site = forms.URLField(label=_("Site"), max_length=200, required=False, assume_scheme="https")
    address = LineField(label=_("Address"), max_length=400, required=False)
    family_name = LineField(label=_("Family name"), max_length=100)
    given_name = LineField(label=_("Given name"), max_length=100, required=False)
    patronymic = LineField(label=_("Patronymic"), max_length=100, required=False)
    post = LineField(label=_("Post"), max_length=200)
    basis = LineField(
        label=_("Acts on the basis of"),
        max_length=200,
        help_text=_("The charter, or a power of attorney with its number and day."),
    )

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        """Ask for the numbers an organisation of this kind has."""
        super().__init__(*args, **kwargs)
        for name, words in counted_in(organisation)._asdict().items():
            if words:
                self.fields[name] = forms.IntegerField(
                    label=words,
                    min_value=0,
                    max_value=MOST_COUNTED,
                    widget=forms.TextInput(DIGITS),
                )

    def leave_head(self) -> None:
        """Show who heads the organisation, and let nobody change it here."""
        for name in SIGNS:
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Judge a telephone number as the card does."""
        given = super().clean() or self.cleaned_data
        judge(self)
        return given

    def facts(self) -> YearFacts:
        """Return it as the verb takes it."""
        return YearFacts(**self.cleaned_data)


def known_of(
    organisation: Organisation, head: Post | None, last: YearCheck | None, basis: str
) -> dict[str, Any]:
    """Return what the form begins with: the card, who heads it, what was said last year."""
    known = {name: getattr(organisation, name) for name in CONTACTS}
    known |= {"basis": (last and last.basis) or basis or BASIS}
    if head:
        known |= {name: getattr(head.person, name) for name in SIGNS} | {"post": head.title}
    if last:
        known |= {"learners": last.learners, "teachers": last.teachers}
    return known
