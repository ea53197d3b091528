"""The form of the view."""

from django import forms

from zveno.ui import looks


class ViewForm(forms.Form):
    """A choice for every aspect of the view."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for one in looks.ASPECTS:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label, choices=one.choices, widget=forms.RadioSelect
            )
