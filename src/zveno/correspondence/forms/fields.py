"""Fields the forms of this room share: several lines of words, several files, chosen members."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.models.choosing import Group, groups_of, members_of
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.inputs import offer

BY_HAND = "hand"


class FilesInput(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; ``UploadedFile`` each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files, none if nothing was chosen."""
        clean = super().clean
        return [clean(one, initial) for one in data or []]


class ChoosingForm(forms.Form):
    """A form that begins with members of a cluster: a ready choice, or picked by name."""

    to = forms.ChoiceField(label=_("Whom you write to"))
    members = forms.MultipleChoiceField(
        label=_("Members by name"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, cluster: Cluster, *args: Any, **kwargs: Any) -> None:
        """Offer the members of ``cluster`` there are now."""
        super().__init__(*args, **kwargs)
        rows = members_of(cluster)
        self.groups = {group.key: group for group in groups_of(cluster, rows)}
        picked = (BY_HAND, _("I tick them below by name"))
        offer(self, "to", [*(_choice(self.groups[key]) for key in self.groups), picked])
        named = [(str(one.organisation.public_id), str(one.organisation)) for one in rows]
        offer(self, "members", named)

    @property
    def picks(self) -> bool:
        """Whether members are picked by name: the list of them stands open."""
        return bool(self["to"].value() == BY_HAND or self.errors.get("members"))

    def chosen(self) -> list[UUID]:
        """Return the public ids of the organisations that are chosen."""
        key = self.cleaned_data["to"]
        chosen = self.cleaned_data["members"] if key == BY_HAND else self.groups[key].members
        return sorted(map(UUID, chosen))

    @staticmethod
    def picked(organisations: Sequence[Organisation]) -> dict[str, Any]:
        """Return what the form begins with where these are chosen already."""
        return {"to": BY_HAND, "members": [str(one.public_id) for one in organisations]}


def _choice(group: Group) -> tuple[str, str]:
    return group.key, f"{capfirst(str(group.words))} – {len(group.members)}"
