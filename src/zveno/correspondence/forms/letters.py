"""What is asked of a letter to members, and of an answer to one."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.actions import Draft
from zveno.correspondence.forms.fields import ChoosingForm, FilesField
from zveno.correspondence.models import Addressee, Attachment, Circular
from zveno.documents.actions import ATTACHABLE, Upload
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.faces import Option
from zveno.ui.inputs import DayField, LineField, TextField, offer

Asks, Answer = Circular.Asks, Addressee.Answer
ASKS = [
    (Asks.NOTHING, Option(_("No answer needed"), _("You see who has opened the letter."))),
    (Asks.NOTED, Option(_("A note that it was read"), _("One button for whoever reads it."))),
    (Asks.CONSENT, Option(_("Consent or objection"), _("Two buttons and a few words."))),
    (Asks.WORDS, Option(_("An answer in words"), _("Up to 1,000 characters."))),
]


class LetterForm(ChoosingForm):
    """A letter: whom to, what about, what is awaited. ``key`` makes a form sent twice one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = LineField(label=_("Subject"), max_length=150)
    text = TextField(
        label=_("Text"),
        max_length=5000,
        help_text=_("The email says only the subject: members read the text in Zveno."),
    )
    asks = forms.ChoiceField(
        label=_("What you need from them"), choices=ASKS, widget=forms.RadioSelect
    )
    due = DayField(label=_("Answer by"), required=False)
    file = FilesField(
        label=_("Attachments"),
        required=False,
        help_text=_("PDF, JPEG, PNG, DOCX, XLSX or PPTX, up to 5 files of 20 MB each."),
    )
    kept = forms.MultipleChoiceField(
        label=_("Attached already"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, cluster: Cluster, attached: list[Attachment], *args: Any) -> None:
        """Ask which of the files ``attached`` stay."""
        super().__init__(cluster, *args)
        self.fields["file"].widget.attrs["accept"] = ",".join(ATTACHABLE)
        offer(self, "kept", [(str(one.public_id), one.file.name) for one in attached])

    @staticmethod
    def at_first() -> dict[str, Any]:
        """Return what a new letter begins with."""
        return {"key": uuid4(), "to": "all", "asks": Asks.NOTHING}

    @classmethod
    def as_written(
        cls, circular: Circular, members: list[Organisation], attached: list[Attachment]
    ) -> dict[str, Any]:
        """Return what a draft says."""
        said = {name: getattr(circular, name) for name in ("subject", "text", "asks", "due")}
        kept = [str(one.public_id) for one in attached]
        return said | cls.picked(members) | {"key": circular.public_id, "kept": kept}

    def draft(self) -> Draft:
        """Return it as the verbs take it."""
        names = ("key", "subject", "text", "asks", "due")
        return Draft(
            **{name: self.cleaned_data[name] for name in names},
            members=self.chosen(),
            files=[Upload(str(one.name), "", one.read()) for one in self.cleaned_data["file"]],
            kept=[UUID(key) for key in self.cleaned_data["kept"]],
        )


class AnswerForm(forms.Form):
    """An answer as the letter asks for it."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(Answer.AGREES, _("We agree")), (Answer.OBJECTS, _("We do not agree"))],
        widget=forms.RadioSelect,
    )
    words = TextField(label=_("In a few words"), max_length=1000, rows=3)

    def __init__(self, circular: Circular, *args: Any) -> None:
        """Ask only for what is awaited."""
        super().__init__(*args)
        self.fields["words"].required = circular.asks in {Asks.WORDS, Asks.NOTHING}
        if circular.asks != Asks.CONSENT:
            del self.fields["answer"]
