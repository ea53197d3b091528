"""What comes in from the page that asks how it was."""

from django import forms

from zveno.events.models import Reply


class ReplyForm(forms.Form):
    """One tap a question; ``key`` makes all taps of one child one answer."""

    key = forms.UUIDField()
    liked = forms.TypedChoiceField(choices=Reply.Liked, coerce=int)
    curious = forms.ChoiceField(choices=[("", ""), *Reply.Word.choices], required=False)
    again = forms.ChoiceField(choices=[("", ""), *Reply.Word.choices], required=False)
