"""An obligation on its way into the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.network.models import academic_year
from zveno.plan.models import month_label, months_of
from zveno.ui.inputs import LineField


class PlanForm(forms.Form):
    """When and for whom an obligation will be done."""

    title = LineField(label=_("What will happen"), max_length=200)
    month = forms.TypedChoiceField(label=_("Month"), coerce=int)
    audience = LineField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("For example: grades 7 and 8"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year, month = academic_year(clock.today()), self.fields["month"]
        if isinstance(month, forms.TypedChoiceField):
            month.choices = [(n, month_label(n, year)) for n in months_of(year)]
        self.fields["month"].initial = clock.today().month
