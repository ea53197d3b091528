"""A file for teachers on its way in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST, FileEmpty, FileTooLarge, Upload


class HandoutForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, XLSX or PPTX, up to 20 MB. No lists of children."),
        error_messages={"required": _("Choose a file."), "empty": FileEmpty.message},
        widget=forms.FileInput({"accept": ".pdf,.docx,.xlsx,.pptx"}),
    )

    def __init__(self, *args: Any, sent: int = 0) -> None:
        """Know how many bytes were ``sent``: a body beyond the limit arrives without its file."""
        super().__init__(*args)
        if sent > LARGEST:
            self.fields["file"].error_messages["required"] = FileTooLarge.message

    def upload(self) -> Upload:
        """Return the file that was sent."""
        file = self.cleaned_data["file"]
        return Upload(file.name, "", file.read())
