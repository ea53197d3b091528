"""What the pages of agreements ask for."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST, FileEmpty, FileTooLarge, Upload
from zveno.network.actions.agreements import Terms
from zveno.network.actions.ending import Ending
from zveno.network.actions.parties import Signatory
from zveno.network.models import Party
from zveno.network.models.wording import ACTING
from zveno.ui.inputs import YEARS, DayField, LineField

LONGEST_EMAIL = 254


class TermsForm(forms.Form):
    """The title of an agreement, its place and its days."""

    title = LineField(
        label=_("Title"), max_length=200, help_text=_("As it will appear in lists and emails.")
    )
    place = LineField(label=_("Town of signing"), max_length=100)
    dated = DayField(label=_("Dated"), validators=YEARS)
    valid_until = DayField(label=_("Valid until"), validators=YEARS)

    def clean_place(self) -> str:
        """Forget «г.» before the town: the paper writes it itself."""
        place: str = self.cleaned_data["place"]
        return re.sub(r"^г(\.|ород)?\s+", "", place, flags=re.IGNORECASE)

    def terms(self) -> Terms:
        """Return what was asked for."""
        return Terms(**self.cleaned_data)


class SignatoryForm(forms.Form):
    """Who signs for a party, in what post, by what right."""

    signatory = LineField(
        label=_("Signatory"), max_length=300, help_text=_("Family name, given name, patronymic.")
    )
    signatory_post = LineField(
        label=_("Post"), max_length=200, help_text=_("For example: director.")
    )
    basis = LineField(
        label=_("Acts on the basis of"),
        max_length=200,
        help_text=_("The charter, or a power of attorney with its number and day."),
    )
    email = forms.EmailField(
        label=_("Email address to send to"),
        max_length=LONGEST_EMAIL,
        required=False,
        help_text=_("Without one you get a link to hand over yourself."),
    )

    def signatory_given(self) -> Signatory:
        """Return who signs."""
        given = self.cleaned_data
        return Signatory(
            given["signatory"], given["signatory_post"], given["basis"], given["email"]
        )


class PartyForm(SignatoryForm):
    """Who signs for a party, and how their name and post are declined."""

    post_genitive = LineField(label=_("In the person of … (post)"), max_length=300, required=False)
    person_genitive = LineField(
        label=_("In the person of … (name)"), max_length=400, required=False
    )
    acting = forms.ChoiceField(
        label=_("Acting"), choices=[(word, word) for _gender, word in ACTING.items()]
    )
    basis_genitive = LineField(
        label=_("On the basis of … (document)"), max_length=300, required=False
    )

    def forms_given(self) -> dict[str, str]:
        """Return the declined forms as they were typed or left."""
        return {name: self.cleaned_data[name] for name in Party.FORMS}


class ReasonForm(forms.Form):
    """Why something is not signed, or taken back."""

    reason = LineField(
        label=_("Why"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("One or two sentences. The other parties read this."),
    )


class EndingForm(ReasonForm):
    """The last day of an agreement and why it ends."""

    day = DayField(label=_("Last day"), validators=YEARS)
    agreed = forms.BooleanField(
        label=_("All parties agree: 30 days of notice are not needed"), required=False
    )

    def ending(self) -> Ending:
        """Return what was asked for."""
        return Ending(**self.cleaned_data)


class ScanForm(forms.Form):
    """The signed page."""

    file = forms.FileField(
        label=_("The signed page"),
        help_text=_("PDF, JPEG or PNG, up to 20 MB. A photo will do if everything can be read."),
        error_messages={"required": _("Choose a file."), "empty": FileEmpty.message},
        widget=forms.FileInput({"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, sent: int = 0, **kwargs: Any) -> None:
        """Know how many bytes were ``sent``: a body beyond the limit arrives without its file."""
        super().__init__(*args, **kwargs)
        if sent > LARGEST:
            self.fields["file"].error_messages["required"] = FileTooLarge.message

    def upload(self) -> Upload:
        """Return the file that was sent."""
        file = self.cleaned_data["file"]
        return Upload(file.name, file.content_type or "", file.read())
