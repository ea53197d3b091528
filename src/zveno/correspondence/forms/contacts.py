"""What is asked when a contact with an employer is noted."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.actions.contacts import Talk
from zveno.correspondence.models import Contact
from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.inputs import DayField, LineField, offer


class ContactForm(forms.Form):
    """When, how and with whom one talked, what was agreed, what comes next.

    ``key`` makes a form sent twice one contact.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    keeper = forms.ChoiceField(label=_("Your organisation"))
    employer = forms.ChoiceField(label=_("Employer"), required=False)
    name = LineField(
        label=_("Name of the employer, if it is not in the list"), max_length=300, required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(key, capfirst(words)) for key, words in Contact.Kind.choices]
    )
    day = DayField(label=_("Day"))
    post = forms.ChoiceField(label=_("With whom"), required=False)
    whom = LineField(
        label=_("Name, if the person is not in the list"), max_length=200, required=False
    )
    about = LineField(label=_("What about"), max_length=400)
    agreed = LineField(
        label=_("What was agreed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
    )
    next_step = LineField(
        label=_("Next step"),
        max_length=300,
        required=False,
        help_text=_("It becomes a task with this day."),
    )
    next_due = DayField(label=_("By which day"), required=False)
    next_post = forms.ChoiceField(label=_("Who does it"), required=False)

    def __init__(
        self,
        keepers: Sequence[Organisation],
        employers: Sequence[Organisation],
        there: Sequence[Post],
        ours: Sequence[Post],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Offer the employers known, people ``there`` and in our house."""
        super().__init__(*args, **kwargs)
        offer(self, "keeper", [(str(one.public_id), str(one)) for one in keepers])
        if len(keepers) == 1:
            self.fields["keeper"].widget = forms.HiddenInput()
            self.fields["keeper"].initial = str(keepers[0].public_id)
        listed = [(str(one.public_id), str(one)) for one in employers]
        offer(self, "employer", [("", _("not in the list")), *listed])
        people = [(str(one.public_id), f"{one.person}, {one.organisation}") for one in there]
        offer(self, "post", [("", _("not in the list")), *people])
        own = [(str(one.public_id), f"{one.person}, {one}") for one in ours]
        offer(self, "next_post", [("", _("nobody in particular")), *own])

    @staticmethod
    def at_first(own: Post | None, employer: str) -> dict[str, Any]:
        """Return what the form begins with."""
        mine = str(own.public_id) if own else ""
        first = {"key": uuid4(), "day": clock.today(), "kind": Contact.Kind.CALL}
        return first | {"employer": employer, "next_post": mine}

    @staticmethod
    def filled(contact: Contact) -> dict[str, Any]:
        """Return what the form of a contact begins with."""
        plain = ("name", "kind", "day", "whom", "about", "agreed", "next_step", "next_due")
        chosen = {
            "keeper": contact.keeper,
            "employer": contact.employer,
            "post": contact.post,
            "next_post": contact.next_post,
        }
        keys = {name: str(one.public_id) if one else "" for name, one in chosen.items()}
        return keys | {"key": contact.public_id} | {name: getattr(contact, name) for name in plain}

    def talk(self) -> Talk:
        """Return it as the verbs take it."""
        given = dict(self.cleaned_data)
        given.pop("keeper")
        for name in ("employer", "post", "next_post"):
            given[name] = UUID(given[name]) if given[name] else None
        return Talk(**given)
