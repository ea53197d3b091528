"""What the table engine says by codes, said in sentences: what, where, and how to mend it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

FIELDS: dict[str, "StrPromise"] = {
    "name": _("Organisation"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "ogrn": _("OGRN"),
    "director": _("Head"),
    "director_post": _("Post of the head"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "kind": _("Kind"),
    "role": _("Role"),
}
SENTENCES: dict[str, "StrPromise"] = {
    # the table as a whole
    "encoding_guessed": _(
        "The file does not state its encoding and was read "
        "as %(encoding)s. Check that the letters are right."
    ),
    "header_not_found": _(
        "No headings were found: columns were recognised by their contents. Check them below."
    ),
    "column_missing": _("No column found for %(field)s. Choose it below."),
    "merged_filled": _("Merged cells were filled down. Rows: %(cells)s."),
    "column_twice": _("Two columns look like “%(field)s”: the first one is used."),
    "column_hidden": _(
        "The file has a hidden column: it is read only if you choose what it holds."
    ),
    "sheet_hidden": _("The file has a hidden sheet “%(sheet)s”. Rows in it: %(rows)s."),
    "sheet_passed_over": _("The sheet “%(sheet)s” has no headings: nothing was read from it."),
    "changes_tracked": _("Tracked changes in the document: %(changes)s. Read as if accepted."),
    # a row as a whole
    "hidden_row": _("This row is hidden in the file. Include it or leave it out."),
    "hidden_sheet": _("This row is on a hidden sheet. Include it or leave it out."),
    "too_few_fields": _("The row is cut short: cells %(found)s of %(expected)s."),
    "too_many_fields": _("There is something to the right of the last column."),
    "unclosed_quote": _("A quotation mark is not closed, so it is unclear where the cell ends."),
    "lines_joined": _("A cell with line breaks was joined. Lines: %(lines)s."),
    "lone_cell": _("Only one cell is filled. If this is not a subheading, include the row."),
    "duplicate_row": _("Repeats row %(row)s (%(same)s): it will not be added twice."),
    "known_row": _("Already in Zveno (%(same)s): it will join and not be entered twice."),
    "same_inn_other_kpp": _(
        "Same INN but a different KPP: this is a branch. Clear its INN or leave the row out."
    ),
    "same_name_other_inn": _("Row %(row)s has the same name but a different INN: both are kept."),
    "insisted": _("Left as it is, as you chose."),
    # any value
    "value_missing": _("Empty. Enter the value."),
    "director.value_missing": _(
        "Part of the name is missing. Write the post, family name and given name."
    ),
    "spaces_tidied": _("Extra spaces were removed."),
    "line_break_joined": _("A line break became a space."),
    "invisible_removed": _("Invisible characters were removed: %(count)s."),
    "control_characters": _(
        "There are characters that documents cannot contain. Enter the value again."
    ),
    "combining_flood": _("There are too many marks above a letter. Enter the value again."),
    "undecodable_byte": _("A letter could not be read. Enter the value again."),
    "cell_error": _("The cell holds a formula error. Enter the value."),
    "cell_without_value": _("The cell holds a formula without a result. Enter the value."),
    "formula_like_text": _("Starts like a formula. Check that it is text."),
    "unusual_characters": _("Unusual characters: %(characters)s. Check the value."),
    "mixed_script": _("Look-alike letters of another alphabet were replaced. Words: %(words)s."),
    "too_long": _("Longer than %(limit)s characters. Shorten it."),
    "placeholder_dropped": _("A dash or “none” was treated as empty."),
    "several_values": _("Several values in one cell: %(count)s. Leave one."),
    "hidden_text": _("This cell has hidden text. Keep what is visible or enter the value."),
    # names of organisations
    "number_sign_tidied": _("The number sign was tidied: № 5."),
    "quotes_tidied": _("Quotation marks became «»."),
    "quotes_unpaired": _("A quotation mark has no pair. Add the missing one."),
    "kind_unknown": _("The name does not show the kind, so it became “other organisation”."),
    "kind_unsure": _("The name fits several kinds. The most likely was chosen."),
    "role_unknown": _("The role was not understood. The usual one for the kind was chosen."),
    # INN
    "inn_missing": _("No INN. You can add it later, before the agreement."),
    "inn_tidied": _("Extra characters were removed."),
    "inn_zeros_restored": _(
        "The table lost leading zeros (%(zeros)s). They were restored and checked."
    ),
    "inn_exponent": _("The table cut the number short. Copy the INN from a document."),
    "inn_not_digits": _("An INN consists of digits only. Check it."),
    "inn_zeros": _("Nothing but zeros. Copy the INN from a document."),
    "inn_length": _("Digits: %(digits)s. An INN has 10, or 12 for a sole trader."),
    "inn_checksum": _(
        "The check digit is %(found)s but must be %(computed)s. Look for a typing mistake."
    ),
    # KPP and OGRN
    "number_tidied": _("Extra characters were removed."),
    "number_cut": _("The table cut the number short. Copy it from a document."),
    "kpp_zero_restored": _("The table lost a leading zero. It was restored from the INN."),
    "kpp_length": _("Characters: %(digits)s. A KPP has 9."),
    "kpp_not_digits": _("A KPP consists of digits, such as 781301001. Check it."),
    "ogrn_length": _("Digits: %(digits)s. An OGRN has 13, or 15 for a sole trader."),
    "ogrn_not_digits": _("An OGRN consists of digits only. Check it."),
    "ogrn_checksum": _(
        "The last digit is %(found)s but must be %(computed)s. Look for a typing mistake."
    ),
    "columns_swapped": _("The value fits “%(other)s”: two columns are swapped in this row."),
    # head and post
    "acting_head": _("Acting head: in the agreement, name an order instead of the charter."),
    "post_missing": _("A name without a post."),
    "name_missing_after_post": _("A post without a name. Add the family name and given name."),
    # e-mail and telephone
    "email_tidied": _("Extra characters around the address were removed."),
    "email_comma": _("A comma instead of a dot."),
    "email_lookalike": _("Russian letters inside a Latin address."),
    "email_invalid": _("This is not an email address. Check it."),
    "phone_unclear": _("This is not a phone number. Enter it like this: +7 812 000-00-00."),
    # names of people
    "case_proposed": _("Capitals were corrected."),
    "hyphen_tidied": _("Dashes in a double-barrelled name became a hyphen."),
    "name_order": _("The family name and given name may be swapped. Put the family name first."),
    "initials_only": _("Initials only: %(initials)s. Agreements need the full name."),
    "name_unclear": _(
        "It is unclear where the family name ends. Write: family name, given name, patronymic."
    ),
    "name_split": _("The full name was in one cell. Check how it was split."),
    "placeholder_patronymic": _("No patronymic."),
}
UNKNOWN = _("Check this value.")
SAME: dict[str, "StrPromise"] = {
    "inn": _("the same INN"),
    "name": _("the same name"),
    "all": _("no changes"),
}
SKIPS: dict[str, "StrPromise"] = {
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
REFUSALS: dict[str, "StrPromise"] = {
    "empty": _("The table is empty. Copy the rows with their heading."),
    "file_too_large": _("The file is too large. Keep only the sheet with the list."),
    "too_many_rows": _("More than %(limit)s rows. Divide the list."),
    "too_many_cells": _("The table is too wide. Keep only the columns of the list."),
    "unsupported_format": _(
        "Files of this type cannot be read. Save the table as XLSX, ODS, DOCX or CSV."
    ),
    "encrypted": _("The file is protected by a password. Remove it and choose the file again."),
}
REFUSED = _("The file is damaged or unsafe. Copy the rows and paste them.")


def sentence(finding: Mapping[str, Any]) -> str:
    """Say what was found."""
    facts = dict(finding["facts"])
    if "same" in facts:
        facts["same"] = SAME.get(facts["same"], facts["same"])
    for name in {"field", "other"} & facts.keys():
        facts[name] = FIELDS.get(facts[name], facts[name])
    code = finding["code"]
    words = SENTENCES.get(f"{finding['field']}.{code}") or SENTENCES.get(code) or UNKNOWN
    return str(words) % facts


def refusal(facts: Mapping[str, Any]) -> str:
    """Say why a table was not read at all."""
    return str(REFUSALS.get(facts["reason"], REFUSED)) % facts


def skipped(reason: str) -> str:
    """Say what a line is that was not taken."""
    return str(SKIPS.get(reason) or gettext("not an organisation"))


JUDGED = ("inn", "kpp", "ogrn", "phone")


def judge(form: Form) -> None:
    """Judge what was changed in a form as the same in a table is judged."""
    for name in JUDGED:
        value = form.cleaned_data.get(name)
        if name not in form.changed_data or not value:
            continue
        judged = engines.run("tables", {"check": {"field": name, "value": value}})
        if judged["values"][name] is None:
            form.add_error(name, sentence(judged["problems"][0]))
        else:
            form.cleaned_data[name] = judged["values"][name]
