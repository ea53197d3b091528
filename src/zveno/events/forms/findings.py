"""What ``engines.tables`` found in a list of children, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "value_missing": _("Nothing is written here"),
    "control_characters": _("Unprintable signs: look whether the rest is right"),
    "combining_flood": _("Too many accents on a letter"),
    "undecodable_byte": _("A letter was lost on the way: type it again"),
    "cell_error": _("The table has an error here instead of a value"),
    "cell_without_value": _("The table has a formula here without its result"),
    "formula_like_text": _("Looks like a formula: look whether this is right"),
    "unusual_characters": _("Unusual signs: look whether this is right"),
    "mixed_script": _("Foreign letters inside a Russian word"),
    "hidden_text": _("The document hides words here: look whether the rest is right"),
    "too_long": _("Too long"),
    "name_order": _("Family name and given name look swapped"),
    "initials_only": _("Initials only: write the name in full, it stands on the certificate"),
    "name_split": _("The full name stood in one cell: look whether it is parted right"),
    "name_unclear": _("It is not clear which is the family name"),
    "class_missing": _("No class. Write it"),
    "class_unclear": _("There is no such class. Write it like 7А"),
    "hidden_row": _("The row is hidden in the table"),
    "hidden_sheet": _("The sheet is hidden in the table"),
    "too_few_fields": _("The row is shorter than the others"),
    "too_many_fields": _("The row is longer than the others"),
    "unclosed_quote": _("A quotation mark is not closed"),
    "lone_cell": _("Only one cell is filled: perhaps a heading"),
    "duplicate_row": _("Repeats row %(row)s"),
    "possible_duplicate": _("Perhaps the same child as in row %(row)s"),
    "withdrawn_in_text": _("The text says that the child does not come"),
    "adult_not_pupil": _("An adult, it seems"),
    "unnamed_people": _("The text speaks of more children without names"),
}
REFUSALS = {
    "empty": _("There is nothing in the list. Paste it once more."),
    "too_many_rows": _("The list is too long. Paste only the children who come."),
    "too_many_cells": _("The table is too wide. Paste only names and classes."),
    "file_too_large": _("The list is too long. Paste only the children who come."),
}
UNCERTAIN = _("Look whether this is right")
UNREADABLE = _("This cannot be read as a list. Paste names and classes, a child a line.")


def sentence(problem: Mapping[str, Any]) -> str:
    """Say what was found."""
    words: str = str(SENTENCES.get(problem["code"], UNCERTAIN)) % problem["facts"]
    return words


def refusal(code: object) -> str:
    """Say why a list was not read at all."""
    return str(REFUSALS.get(str(code), UNREADABLE))


def wrong_grade(grades: str) -> str:
    """Say that a class is not invited."""
    return gettext("The event is for %(grades)s") % {"grades": grades}
