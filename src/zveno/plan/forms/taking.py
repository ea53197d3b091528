"""Into which cluster an item is copied, and who hosts it there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.inputs import offer


class WhereForm(forms.Form):
    """Into which cluster."""

    to = forms.ChoiceField(label=_("Cluster"))

    def __init__(self, clusters: Iterable[Cluster], *args: Any) -> None:
        super().__init__(*args)
        offer(self, "to", [(str(one.public_id), one.name) for one in clusters])


class HostForm(forms.Form):
    """Who hosts it there."""

    host = forms.ChoiceField(label=_("Host"))

    def __init__(self, hosts: Iterable[Organisation], *args: Any) -> None:
        super().__init__(*args)
        offer(self, "host", [(str(one.public_id), str(one)) for one in hosts])
