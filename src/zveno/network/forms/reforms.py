"""What is asked when a cluster is split or taken up by another."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from zveno.codes.models import sectors
from zveno.kernel import clock
from zveno.network.actions import ClusterPassport, Split
from zveno.network.models import Cluster, Membership, Role
from zveno.ui.inputs import YEARS, DayField, LineField, offer


class Going(models.TextChoices):
    """Where a member is from that day on."""

    STAYS = "stays", _("stays here")
    GOES = "goes", _("goes to the new cluster")
    BOTH = "both", _("is in both")


class ReformForm(forms.Form):
    """From which day; ``confirmed`` once it was seen what comes of it."""

    day = DayField(
        label=_("From which day"), validators=YEARS, help_text=_("Today or an earlier day")
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": clock.today()}} | kwargs)

    def carried(self) -> Iterable[BoundField]:
        """Yield what the page that shows what comes of it sends once more."""
        return (one for one in self if one.name != "confirmed")


class SplitForm(ReformForm):
    """The facts of a new cluster, and where each of ``members`` is from then on."""

    name = LineField(label=_("Name of the new cluster"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    aim = LineField(label=_("Aim of the cluster"), max_length=400, required=False)
    base = forms.ChoiceField(
        label=_("Base of the new cluster"),
        help_text=_("A member of the new cluster that has a coordinator"),
    )
    field_order = ("name", "sector", "aim", "day", "base")

    def __init__(self, members: Sequence[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        offer(self, "sector", [("", _("Not named")), *sectors().choices()])
        houses = [(str(one.organisation.public_id), one.organisation.name) for one in members]
        offer(self, "base", [("", _("Choose a member")), *houses])
        for one in members:
            self.fields[_field(one)] = forms.ChoiceField(
                label=one.organisation.name,
                choices=_ways(one),
                initial=Going.STAYS,
                widget=forms.Select({"class": "sel"}),
            )

    def rows(self) -> list[tuple[Membership, BoundField]]:
        """List the members, each with the field that asks where it is."""
        return [(one, self[_field(one)]) for one in self.members]

    def where(self, one: Membership) -> Going:
        """Return where a member is from that day on."""
        return Going(self.cleaned_data[_field(one)])

    def split(self, cluster: Cluster) -> Split:
        """Return it as the verb takes it; the new cluster is of the old one's kind."""
        given = self.cleaned_data
        facts = {name: given[name] for name in ("name", "aim", "sector")}
        return Split(
            ClusterPassport(kind=cluster.kind, **facts),
            UUID(given["base"]),
            self._keys(Going.GOES, Going.BOTH),
            given["day"],
            self._keys(Going.BOTH),
        )

    def _keys(self, *ways: Going) -> list[UUID]:
        return [one.organisation.public_id for one in self.members if self.where(one) in ways]


def _field(one: Membership) -> str:
    return f"go-{one.organisation.public_id}"


def _ways(one: Membership) -> list[tuple[str, str]]:
    """Offer what a member may do: the base does not leave."""
    leaves = one.role != Role.BASE
    return [(way.value, str(way.label)) for way in Going if leaves or way != Going.GOES]


class MergeForm(ReformForm):
    """Which of the other clusters one coordinates takes this one up."""

    into = forms.ChoiceField(
        label=_("Which cluster takes it up"), help_text=_("One that you coordinate as well")
    )
    field_order = ("into", "day")

    def __init__(self, others: Sequence[Cluster], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.public_id), one.name) for one in others]
        offer(self, "into", [("", _("Choose a cluster")), *choices])
