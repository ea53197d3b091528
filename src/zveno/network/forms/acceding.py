"""What is asked of who joins an agreement."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.models import Membership
from zveno.ui.inputs import offer


class NewcomerForm(forms.Form):
    """Which of the ``members`` that are no party yet joins."""

    newcomer = forms.ChoiceField(label=_("Who joins"))

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        """Offer the members."""
        super().__init__(*args, **kwargs)
        offer(
            self,
            "newcomer",
            [
                ("", _("Choose a member")),
                *((str(one.organisation.public_id), one.organisation.name) for one in members),
            ],
        )
