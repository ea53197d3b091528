"""What is asked for the minutes: who was there, what was heard and decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.actions.minutes import Decided, Heard, Protocol
from zveno.correspondence.models import Invited, Item
from zveno.people.models import Post
from zveno.ui.inputs import DayField, LineField, offer

SPARE, MOST = 2, 12
Said = Mapping[str, Any]


class MinutesForm(forms.Form):
    """Who was there and, for each item of the agenda, what was heard and decided.

    Places for decisions are as many as there are and ``SPARE`` more; each carries its key, so that
    a form sent twice decides once. ``seen`` is the version that is corrected.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    chair = LineField(label=_("Chair"), max_length=200)
    secretary = LineField(label=_("Secretary"), max_length=200)
    came = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = LineField(
        label=_("Who else was there"),
        max_length=400,
        required=False,
        help_text=_("Guests and whoever came from the members, by name."),
    )
    reason = LineField(
        label=_("What is corrected and why"),
        max_length=300,
        help_text=_("The old version stays, and the invited are told."),
    )

    def __init__(
        self,
        items: Sequence[Item],
        invited: Sequence[Invited],
        posts: Sequence[Post],
        *args: Any,
        before: Said | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask of each item of the agenda; ``before`` is what the newest version says."""
        super().__init__(*args, **kwargs)
        self.items = items
        self.places: dict[UUID, list[str]] = {}
        offer(self, "came", [(str(one.public_id), str(one)) for one in invited])
        # The first version sent twice is no correction.
        if not before or self.data.get("seen") == "0":
            del self.fields["reason"]
        said = {one["key"]: one for one in (before or {}).get("items", [])}
        for n, item in enumerate(items):
            self._ask_of(n, item, said.get(str(item.public_id), {}), _owners(posts))

    def _ask_of(self, n: int, item: Item, said: Said, owners: list[Any]) -> None:
        heard = LineField(
            label=_("What was heard"),
            max_length=2000,
            required=False,
            initial=said.get("heard", ""),
            widget=forms.Textarea({"rows": "3"}),
        )
        self.fields[f"heard-{n}"] = heard
        known = list(said.get("decisions", []))
        spare: list[Said] = [{"key": uuid4()}] * min(SPARE, MOST - len(known))
        self.places[item.public_id] = []
        for place, one in enumerate([*known, *spare]):
            self._place(f"decision-{n}-{place}", {**one, "key": one.get("key")}, owners)
            self.places[item.public_id].append(f"decision-{n}-{place}")

    def _place(self, name: str, said: Said, owners: list[Any]) -> None:
        """Make room for one decision."""
        fields: dict[str, forms.Field] = {
            "key": forms.UUIDField(
                widget=forms.HiddenInput, initial=said["key"] or uuid4(), required=False
            ),
            "text": LineField(label=_("What was decided"), max_length=400, required=False),
            "post": forms.ChoiceField(
                label=_("Who carries it out"),
                required=False,
                choices=owners,
                initial=said.get("post", ""),
            ),
            "due": DayField(label=_("By which day"), required=False),
        }
        due = said.get("due")
        fields["text"].initial = said.get("text", "")
        fields["due"].initial = date.fromisoformat(due) if due else None
        for field, made in fields.items():
            self.fields[f"{name}-{field}"] = made

    def points(self) -> list[dict[str, Any]]:
        """Return the fields of each item of the agenda, for the page."""
        return [
            {
                "item": item,
                "heard": self[f"heard-{n}"],
                "decisions": [
                    {name: self[f"{place}-{name}"] for name in ("key", "text", "post", "due")}
                    for place in self.places[item.public_id]
                ],
            }
            for n, item in enumerate(self.items)
        ]

    def clean(self) -> dict[str, Any]:
        """Let an owner and a day stand side by side, and beside words."""
        given: dict[str, Any] = super().clean() or {}
        for place in [place for item in self.items for place in self.places[item.public_id]]:
            text, post, due = (given.get(f"{place}-{name}") for name in ("text", "post", "due"))
            if (post or due) and not text:
                self.add_error(f"{place}-text", _("Say what was decided."))
            if post and not due and f"{place}-due" not in self.errors:
                self.add_error(f"{place}-due", _("Say by which day."))
            if due and not post and f"{place}-post" not in self.errors:
                self.add_error(f"{place}-post", _("Choose who carries it out."))
        return given

    def protocol(self) -> Protocol:
        """Return it as the verb takes it."""
        given = self.cleaned_data
        return Protocol(
            chair=given["chair"],
            secretary=given["secretary"],
            came=[UUID(key) for key in given["came"]],
            others=given["others"],
            seen=given["seen"],
            reason=given.get("reason", ""),
            heard=[
                Heard(item.public_id, given[f"heard-{n}"], self._decisions(item))
                for n, item in enumerate(self.items)
            ],
        )

    def _decisions(self, item: Item) -> list[Decided]:
        given, found = self.cleaned_data, []
        for place in self.places[item.public_id]:
            key, text, post, due = (
                given[f"{place}-{name}"] for name in ("key", "text", "post", "due")
            )
            if text:
                found.append(Decided(key or uuid4(), text, UUID(post) if post else None, due))
        return found


def _owners(posts: Sequence[Post]) -> list[Any]:
    """Return who may carry a decision out, grouped by organisation."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in posts:
        words = f"{post.person.short_name}, {post}"
        groups.setdefault(str(post.organisation), []).append((str(post.public_id), words))
    return [("", _("nobody in particular")), *groups.items()]
