"""Forms: fields with hint and error, the error summary, cells mended in place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.ui.choosing import Choice, ComboInput
from zveno.ui.faces import Cell, Option
from zveno.ui.templatetags.ui.registry import draw, register

_LINE = 60
# The first fitting kind of widget decides; descendants stand before their ancestors.
_TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (ComboInput, "ui/field_combo.html"),
    (forms.CheckboxSelectMultiple, "ui/field_cards.html"),
    (forms.RadioSelect, "ui/field_cards.html"),
    (forms.CheckboxInput, "ui/field_check.html"),
    (forms.PasswordInput, "ui/field_password.html"),
    (forms.Widget, "ui/field.html"),
)
_STYLES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "cb"),
    (forms.Textarea, "txt"),
    (forms.Select, "sel"),
    (forms.Widget, "inp"),
)


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, style: str = "") -> SafeString:
    """Draw a form field whole: label, hint, error, control: {% field form.name %}; style "s"."""
    widget = bound.field.widget
    template = next(name for kind, name in _TEMPLATES if isinstance(widget, kind))
    facts = {
        "bound": bound,
        "key": bound.id_for_label or bound.auto_id,
        "control": _control(bound),
        "cards": _cards(bound) if template == "ui/field_cards.html" else [],
        "described": _described(bound),
        "widget": widget,
        "optional": _is_said_to_be_optional(bound),
        "style": f"field--{style}" if style else "",
    }
    return draw(context, template, **facts)


def _is_said_to_be_optional(bound: BoundField) -> bool:
    """Whether "optional" tells anything: ticks are free to take, and so is all of a filter."""
    ticks = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    return not (bound.field.required or ticks or getattr(bound.form, "filters", False))


def _described(bound: BoundField) -> str:
    keys = [f"{bound.auto_id}_hint"] * bool(bound.help_text)
    return " ".join([*keys, *[f"{bound.auto_id}_error"] * bool(bound.errors)])


def _control(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    style = next(name for kind, name in _STYLES if isinstance(widget, kind))
    attributes: dict[str, str | bool] = {
        "class": f"{style} {widget.attrs.get('class', '')}".strip()
    }
    if described := _described(bound):
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)


@dataclass(frozen=True, slots=True)
class Card:
    """A choice card as its template draws it."""

    control: SafeString
    option: Option
    style: str


def _cards(bound: BoundField) -> list[Card]:
    return [_card(part.data) for part in bound.subwidgets]


def _card(data: dict[str, object]) -> Card:
    label = data["label"]
    option = label if isinstance(label, Option) else Option(str(label))
    parts = {"checked": bool(data["selected"]), "disabled": bool(option.closed)}
    marks = SafeString("".join(f" {name}" for name, present in parts.items() if present))
    attributes = data["attrs"]
    control = format_html(
        '<input class="cb" type="{}" name="{}" value="{}" id="{}"{}>',
        data["type"],
        data["name"],
        data["value"],
        attributes["id"] if isinstance(attributes, dict) else "",
        marks,
    )
    style = "is-off" if option.closed else "is-on" if data["selected"] else ""
    return Card(control, option, style)


@register.inclusion_tag("ui/options.html")
def options(rows: Sequence[Choice]) -> dict[str, object]:
    """List what was found for a field that chooses one: {% options rows %}."""
    number = len(rows)
    words = ngettext("%(number)s line found", "%(number)s lines found", number) % {"number": number}
    return {"rows": rows, "words": words}


@register.inclusion_tag("ui/errsum.html")
def errsum(form: forms.BaseForm) -> dict[str, object]:
    """List what must be mended, with links to the fields, if anything: {% errsum form %}."""
    lines = [_line(form, name, str(text)) for name, texts in form.errors.items() for text in texts]
    number = len(lines)
    title = ngettext("Check one field", "Check %(number)s fields", number) % {"number": number}
    return {"lines": lines, "title": title}


def _line(form: forms.BaseForm, name: str, text: str) -> dict[str, str]:
    """Name the field too: “this field is required” says little when read alone."""
    if name not in form.fields:
        return {"key": "", "text": text}
    bound = form[name]
    key = bound.id_for_label or f"{bound.auto_id}_0"
    return {"key": key, "text": f"{bound.label}: {text[:1].lower()}{text[1:]}"}


@register.inclusion_tag("ui/mend.html")
def mend(cell: Cell) -> dict[str, object]:
    """Let a cell be mended where it stands: {% mend row.birthday %}."""
    return {"cell": cell, "key": f"cell-{cell.name}"}


@register.inclusion_tag("ui/leftcount.html")
def leftcount(number: int) -> dict[str, object]:
    """Count the cells still to mend, live: {% leftcount bad_rows %}."""
    pattern = _("Left on this page: %(number)s")
    none = _("Everything on this page is corrected")
    words = pattern % {"number": number} if number else none
    return {"words": words, "pattern": pattern % {"number": "%"}, "none": none}


@register.inclusion_tag("ui/copyfield.html")
def copyfield(value: str, label: str, key: str = "copied") -> dict[str, str]:
    """Show a link to copy: {% copyfield url _("Link for the families") %}; ``key`` is the id."""
    return {"value": value, "label": label, "key": key}


@register.inclusion_tag("ui/copytext.html")
def copytext(value: str, label: str, key: str) -> dict[str, object]:
    """Show a text of several lines to copy: {% copytext words _("For a site") "site" %}."""
    rows = sum(1 + len(line) // _LINE for line in value.splitlines())
    return {"value": value, "label": label, "key": key, "rows": rows}
