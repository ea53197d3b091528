"""Who gets a diploma and for what; who is thanked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.events.actions import MOST_THANKED, Other, Thanked
from zveno.events.models import Award, Escort, Group, Place
from zveno.people.models import Post
from zveno.ui.faces import Option
from zveno.ui.inputs import TextField

LONGEST_NAME, LONGEST_JOB = 200, 200


class DiplomasForm(forms.Form):
    """For each child what its diploma is for; left open it gets none."""

    def __init__(self, places: Iterable[Place], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        choices = [("", _("No diploma")), *Award.choices]
        for place in places:
            child = place.learner
            name = f"{child.family_name} {child.given_name}"
            label = _("Diploma of %(name)s") % {"name": name}
            self.fields[f"award-{place.public_id}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=choices,
                widget=forms.Select({"class": "sel sel--s", "aria-label": label}),
            )

    def awards(self) -> dict[UUID, str]:
        """Return the choices as the verb takes them."""
        given = self.cleaned_data.items()
        return {UUID(name.partition("-")[2]): award for name, award in given if award}


class ThanksForm(forms.Form):
    """Who is thanked: whom the event knows, and others by their names."""

    chosen = forms.MultipleChoiceField(
        label=_("Who took part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = TextField(
        label=_("Others"),
        required=False,
        rows=4,
        max_length=MOST_THANKED * (LONGEST_NAME + LONGEST_JOB),
        help_text=_("One per line: full name, comma, post and organisation. Adults only."),
    )

    def __init__(self, choices: Sequence[tuple[str, Option]], data: Any = None) -> None:
        super().__init__(data)
        chosen = self.fields["chosen"]
        if choices:
            chosen.choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]

    def clean_others(self) -> list[Other]:
        """Read a name and a post from each line."""
        lines = filter(None, self.cleaned_data["others"].split("\n"))
        read = [Other(name.strip(), job.strip()) for name, _comma, job in _parted(lines)]
        long = [one for one in read if not _fits(one)]
        if long:
            raise forms.ValidationError(
                _("Up to %(most)s characters for a name and as many for a post: %(line)s"),
                params={"most": LONGEST_NAME, "line": long[0].name[:40]},
            )
        return read

    def thanked(self) -> Thanked:
        """Return the choices as the verb takes them."""
        keys: dict[str, list[UUID]] = {"leader": [], "post": [], "house": []}
        for one in self.cleaned_data.get("chosen", []):
            kind, _colon, key = one.partition(":")
            keys[kind].append(UUID(key))
        return Thanked(keys["leader"], keys["post"], keys["house"], self.cleaned_data["others"])


def choices_of(
    leaders: Iterable[Escort], posts: Iterable[Post], groups: Iterable[Group]
) -> list[tuple[str, Option]]:
    """Return whom an event may thank: who led groups, people of the host, who sent children."""
    return [
        *((f"leader:{one.public_id}", Option(one.name, _led(one))) for one in leaders),
        *((f"post:{one.public_id}", Option(str(one.person), str(one))) for one in posts),
        *((f"house:{one.sender.public_id}", Option(str(one.sender), _SENDER)) for one in groups),
    ]


_SENDER = _("the organisation itself")


def _led(one: Escort) -> str:
    return ", ".join(filter(None, [one.job, str(one.group.sender)]))


def _parted(lines: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    return (line.partition(",") for line in lines)


def _fits(one: Other) -> bool:
    return 0 < len(one.name) <= LONGEST_NAME and len(one.job) <= LONGEST_JOB
