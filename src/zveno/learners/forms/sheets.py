"""A scan of signed sheets, and which sheet a page is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST, FileEmpty, FileTooLarge, Upload


class SheetsScanForm(forms.Form):
    """Pages from a copier in one PDF, or a photograph of one page."""

    file = forms.FileField(
        label=_("Scan or photo"),
        help_text=_(
            "A PDF with up to 100 pages, or a JPEG or PNG photo of one page, up to 20 MB. "
            "The QR code must be in the picture."
        ),
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


class TieForm(forms.Form):
    """Which of the sheets that are out a page is."""

    sheet = forms.ChoiceField(
        label=_("Child and purpose"),
        help_text=_("Compare the name on the page, and the signs under the QR code."),
        error_messages={"invalid_choice": _("Choose a sheet from the list.")},
    )
