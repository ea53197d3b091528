"""What is asked when a task is given, and which tasks are looked for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.people.actions import Assignment
from zveno.people.models import Post
from zveno.ui.inputs import YEARS, DayField, LineField, offer

Choices = list[tuple[str, list[tuple[str, str]]]]


class TaskForm(forms.Form):
    """What somebody in one's organisation is to do, and by which day.

    ``key`` makes a form sent twice one task.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = LineField(
        label=_("What to do"),
        max_length=400,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_("Do not name children."),
    )
    to = forms.ChoiceField(
        label=_("Who does it"),
        help_text=_("A person, or everybody who has a role: then the first one does it."),
    )
    due = DayField(label=_("Due"), validators=YEARS)

    def __init__(self, posts: Sequence[Post], *args: Any, **kwargs: Any) -> None:
        """Offer the people of one's organisations and the roles they hold there."""
        super().__init__(*args, **kwargs)
        self.posts = {f"post:{post.public_id}": post for post in posts}
        self.roles = {f"role:{post.organisation.public_id}:{post.role}": post for post in posts}
        offer(self, "to", self._choices())

    @staticmethod
    def at_first() -> dict[str, UUID]:
        """Return what the form begins with."""
        return {"key": uuid4()}

    def clean_due(self) -> Any:
        """Refuse a day that has passed."""
        if self.cleaned_data["due"] < clock.today():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return self.cleaned_data["due"]

    def organisation(self) -> Organisation:
        """Return where it is to be done."""
        return (self.posts | self.roles)[self.cleaned_data["to"]].organisation

    def assignment(self) -> Assignment:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        role = self.roles.get(given["to"])
        return Assignment(
            text=given["text"],
            due=given["due"],
            post=self.posts.get(given["to"]),
            role=role.role if role else "",
            origin=f"form:{given['key']}",
        )

    def _choices(self) -> Choices:
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, post in self.posts.items():
            groups.setdefault(str(post.organisation), []).append((key, f"{post.person}, {post}"))
        for key, post in self.roles.items():
            words = _("Role: %(role)s") % {"role": post.get_role_display()}
            groups[str(post.organisation)].append((key, capfirst(words)))
        return list(groups.items())
