"""What an amendment asks for: which clause or annex, and how it reads from now on."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.actions.amending import Amended
from zveno.network.models import Change
from zveno.network.models.amending import LONGEST_POINT
from zveno.ui.inputs import LineField, offer

if TYPE_CHECKING:
    _RowsOfForms = forms.BaseFormSet["ChangeForm"]
else:
    _RowsOfForms = forms.BaseFormSet
MOST = 40


class ChangeForm(forms.Form):
    """A clause or an annex, its new text, or that it is left out."""

    point = forms.ChoiceField(
        label=_("Clause or annex"), required=False, widget=forms.Select({"class": "sel"})
    )
    text = LineField(
        label=_("How it reads from now on"),
        max_length=LONGEST_POINT,
        required=False,
        widget=forms.Textarea({"class": "inp", "rows": "4"}),
    )
    out = forms.BooleanField(label=_("Leave it out"), required=False)

    def __init__(self, *args: Any, points: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the ``points`` that are there, and those that may be added."""
        super().__init__(*args, **kwargs)
        offer(self, "point", [("", _("Choose")), *points])

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing: words, or what they are about."""
        given = super().clean() or {}
        point, text, out = (given.get(name) for name in ("point", "text", "out"))
        if "point" in self.errors or "text" in self.errors:
            return given
        if point and not (text or out):
            self.add_error("text", _("Write how it reads from now on, or leave it out."))
        if text and out:
            self.add_error("out", _("There is a new text: clear it, or do not leave this out."))
        if (text or out) and not point:
            self.add_error("point", _("Choose which clause or annex this is about."))
        return given


class AllChanges(_RowsOfForms):
    """The rows as a whole: none was lost on the way."""

    def clean(self) -> None:
        """Refuse a form that was cut off."""
        if not self.forms or any(row.add_prefix("text") not in self.data for row in self.forms):
            raise forms.ValidationError(_("Part of the form was lost. Reload the page."))


ChangesForm = forms.formset_factory(
    ChangeForm, formset=AllChanges, extra=2, max_num=MOST, absolute_max=MOST
)
"""The changes of an amendment and a place for two more."""


def changes_in(rows: Iterable[ChangeForm]) -> list[Amended]:
    """Return what is changed."""
    given = [row.cleaned_data for row in rows if row.cleaned_data.get("point")]
    return [Amended(one["point"], one["text"]) for one in given]


def rows_of(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return what the form shows at first."""
    return [{"point": one.point, "text": one.text, "out": not one.text} for one in changes]
