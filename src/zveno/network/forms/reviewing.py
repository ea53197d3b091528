"""What is asked of a review of a draft: who reads it, and what to put right."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.network.models.reviews import LONGEST_REMARK
from zveno.people.models import Post
from zveno.ui.inputs import LineField, offer


class ReviewerForm(forms.Form):
    """Which colleague reads the draft."""

    reviewer = forms.ChoiceField(label=_("Who reads it"))

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        named = [(str(one.public_id), f"{one.person} ({_words(one)})") for one in posts]
        offer(self, "reviewer", [("", _("Choose a colleague")), *named])


class RemarkForm(forms.Form):
    """What to put right in a draft."""

    remark = LineField(
        label=_("Remark"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea({"rows": "4"}),
        help_text=_("What to put right, by clause. Whoever asked you reads this."),
    )


def _words(post: Post) -> str:
    return post.title or post.get_role_display()
