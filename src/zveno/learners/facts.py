"""What ``engines.tables`` found in a list of children, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "value_missing": _("This is empty"),
    "control_characters": _("Unprintable characters: check the rest"),
    "combining_flood": _("Too many accents on a letter"),
    "undecodable_byte": _("A letter was lost on the way: enter it again"),
    "cell_error": _("The table has an error here instead of a value"),
    "cell_without_value": _("The table has a formula here without its result"),
    "formula_like_text": _("Looks like a formula: check that this is right"),
    "unusual_characters": _("Unusual characters: check that this is right"),
    "mixed_script": _("Latin letters inside a Russian word"),
    "hidden_text": _("The document has hidden text here: check that the rest is right"),
    "too_long": _("Too long"),
    "name_order": _("Family name and given name may be swapped"),
    "initials_only": _("Initials only: give the full name, it is printed on the certificate"),
    "name_split": _("The full name was in one cell: check how it was split"),
    "name_unclear": _("Unclear which is the family name"),
    "class_missing": _("No class. Add it"),
    "class_unclear": _("There is no such class. Write it like this: 7А"),
    "hidden_row": _("The row is hidden in the table"),
    "hidden_sheet": _("The sheet is hidden in the table"),
    "too_few_fields": _("The row is shorter than the others"),
    "too_many_fields": _("The row is longer than the others"),
    "unclosed_quote": _("A quotation mark is not closed"),
    "lone_cell": _("Only one cell is filled: possibly a heading"),
    "duplicate_row": _("Repeats row %(row)s"),
    "possible_duplicate": _("Possibly the same child as in row %(row)s"),
    "withdrawn_in_text": _("The text says that the child is not coming"),
    "adult_not_pupil": _("Looks like an adult"),
    "namesake_known": _(
        "The class has a child with this name already. Include the row only if this is another one."
    ),
    "known_elsewhere": _(
        "A child with this name is in %(label)s. Include the row only if this is another one; "
        "if the child has changed class, correct the card instead."
    ),
    "unnamed_people": _("The text mentions more children without names"),
}
FIELDS = {
    "full_name": _("Full name"),
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "class": _("Class"),
    "letter": _("Class letter"),
    "birth_date": _("Date of birth, used to tell namesakes apart and not kept"),
}
SKIPS = {
    "totals": _("a totals line"),
    "blank": _("an empty line"),
    "header": _("a heading line"),
    "signature": _("a signature block"),
    "title": _("a title"),
    "section": _("a subheading"),
    "text": _("a line of text"),
    "deleted": _("a deleted row"),
    "passed_over": _("a line on a sheet without headings"),
}
REFUSALS = {
    "no_organisation": _(
        "No column says whose each child is. Head it “School” or “INN of the school” and bring "
        "the table again."
    ),
    "empty": _("The list is empty. Paste it again."),
    "too_many_rows": _("The list is too long. Paste only the children who come."),
    "too_many_cells": _("The table is too wide. Paste only names and classes."),
    "file_too_large": _("The list is too long. Paste only the children who come."),
}
UNCERTAIN = _("Check that this is right")
UNREADABLE = _("This does not look like a list. Paste names and classes, one child per line.")


def sentence(problem: Mapping[str, Any]) -> str:
    """Say what was found."""
    words: str = str(SENTENCES.get(problem["code"], UNCERTAIN)) % problem["facts"]
    return words


def refusal(code: object) -> str:
    """Say why a list was not read at all."""
    return str(REFUSALS.get(str(code), UNREADABLE))


def skipped(reason: str) -> str:
    """Say what a line is that was not taken."""
    return str(SKIPS.get(reason) or gettext("not a child"))


def wrong_grade(grades: str) -> str:
    """Say that a class is not invited."""
    return gettext("The event is for %(grades)s") % {"grades": grades}
