"""What the page of an organisation's own templates asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST, FileEmpty
from zveno.network.forms.agreements import ScanForm
from zveno.network.models.template_faults import REFUSALS


class TemplateForm(ScanForm):
    """A Word file with fields in double braces."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("DOCX up to 5 MB, with fields in double braces."),
        error_messages={"required": _("Choose a file."), "empty": FileEmpty.message},
        widget=forms.FileInput({"accept": ".docx"}),
    )

    def __init__(self, *args: Any, sent: int = 0, **kwargs: Any) -> None:
        """Know how many bytes were ``sent``: a body beyond the limit arrives without its file."""
        super().__init__(*args, sent=sent, **kwargs)
        if sent > LARGEST:
            self.fields["file"].error_messages["required"] = REFUSALS["file_too_large"]
