"""What is typed to let a program be told of things."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.people.models import Post
from zveno.ui.inputs import LineField, offer
from zveno.webhooks.models import LONGEST, Kind


class SubscribeForm(forms.Form):
    """Where to send, of which post, what."""

    address = LineField(
        label=_("Address of the program"),
        max_length=LONGEST,
        help_text=_("Starts with https://. Whoever runs the program gives it to you."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    post = forms.ChoiceField(label=_("For which post"))
    kinds = forms.MultipleChoiceField(
        label=_("What to tell it about"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "post",
            [
                (str(post.public_id), f"{post.get_role_display()}, {post.organisation}")
                for post in posts
            ],
        )
