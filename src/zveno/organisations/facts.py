"""What the table engine says by codes, said in sentences: what, where, and how to mend it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    "encoding_guessed": _("The file does not name its encoding; it was read as %(encoding)s."),
    "header_not_found": _("No headings were found: the columns were told by what is in them."),
    "column_missing": _("No column with the %(field)s was found. Choose it below."),
    "merged_filled": _("Merged cells were filled downwards. Rows: %(cells)s."),
    "column_twice": _("Two columns look like “%(field)s”: the first is used."),
    "column_hidden": _("The file hides a column: it is taken only if you choose what it holds."),
    "sheet_hidden": _("The file hides the sheet “%(sheet)s”. Rows in it: %(rows)s."),
    "sheet_passed_over": _("The sheet “%(sheet)s” has no headings: nothing was read from it."),
    "changes_tracked": _("Changes not accepted in the document: %(changes)s. Read as accepted."),
    # a row as a whole
    "hidden_row": _("The file hides this row. Take it or leave it out?"),
    "hidden_sheet": _("The row stands on a hidden sheet. Take it or leave it out?"),
    "too_few_fields": _("The row breaks off: cells %(found)s of %(expected)s."),
    "too_many_fields": _("Something stands to the right of the last column."),
    "unclosed_quote": _("A quotation mark is not closed: it is unclear where the cell ends."),
    "lines_joined": _("A cell with a line break was put together. Lines: %(lines)s."),
    "lone_cell": _("Only one cell is filled. If this is no subheading, take the row."),
    "duplicate_row": _("Repeats row %(row)s (%(same)s): will not be added twice."),
    "known_row": _("Is in Zveno already (%(same)s): will join, not be entered anew."),
    "same_inn_other_kpp": _("Same INN, another KPP: a branch. Clear its INN or leave it out."),
    "same_name_other_inn": _("Row %(row)s has the same name and another INN: both stay."),
    "insisted": _("Left as it is: you chose so."),
    # any value
    "value_missing": _("Empty. Type it in."),
    "director.value_missing": _("Part of the name is missing. Write post, surname and name."),
    "spaces_tidied": _("Needless spaces were removed."),
    "line_break_joined": _("A line break became a space."),
    "invisible_removed": _("Invisible signs were removed: %(count)s."),
    "control_characters": _("There are signs that no document can hold. Type the value anew."),
    "combining_flood": _("There are too many marks above a letter. Type the value anew."),
    "undecodable_byte": _("A letter could not be read. Type the value anew."),
    "cell_error": _("The cell holds an error of a formula. Type the value in."),
    "cell_without_value": _("The cell holds a formula without a result. Type the value in."),
    "formula_like_text": _("Begins like a formula. Check that it is a text."),
    "unusual_characters": _("Unusual signs here: %(characters)s. Check the value."),
    "mixed_script": _("Letters of another alphabet were among these. Words: %(words)s."),
    "too_long": _("Longer than %(limit)s characters. Shorten it."),
    "placeholder_dropped": _("A dash or “none” became an empty value."),
    "several_values": _("Several values in one cell: %(count)s. Leave one."),
    "hidden_text": _("The document hides words in this cell. Leave what shows or type the value."),
    # names of organisations
    "number_sign_tidied": _("The number sign was tidied: № 5."),
    "quotes_tidied": _("Quotation marks became «»."),
    "quotes_unpaired": _("A quotation mark has no pair. Put it where it belongs."),
    "kind_unknown": _("The name does not tell the kind: it became “other organisation”."),
    "kind_unsure": _("The name fits several kinds; the likeliest was chosen."),
    "role_unknown": _("The role was not understood; the usual one for the kind was chosen."),
    # INN
    "inn_missing": _("No INN. It can be added later, before the agreement."),
    "inn_tidied": _("Needless signs were removed."),
    "inn_zeros_restored": _("The table lost leading zeros (%(zeros)s): restored and checked."),
    "inn_exponent": _("The table cut the number short. Copy the INN from a document."),
    "inn_not_digits": _("An INN consists of digits only. Check it."),
    "inn_zeros": _("Nothing but zeros. Copy the INN from a document."),
    "inn_length": _("Digits: %(digits)s. An INN has 10, of an entrepreneur 12."),
    "inn_checksum": _("The check digit is %(found)s, must be %(computed)s. Look for a misprint."),
    # KPP and OGRN
    "number_tidied": _("Needless signs were removed."),
    "number_cut": _("The table cut the number short. Copy it from a document."),
    "kpp_zero_restored": _("The table lost the leading zero: restored by the INN."),
    "kpp_length": _("Signs: %(digits)s. A KPP has 9."),
    "kpp_not_digits": _("A KPP consists of digits, such as 781301001. Check it."),
    "ogrn_length": _("Digits: %(digits)s. An OGRN has 13, of an entrepreneur 15."),
    "ogrn_not_digits": _("An OGRN consists of digits only. Check it."),
    "ogrn_checksum": _("The last digit is %(found)s, must be %(computed)s. Look for a misprint."),
    "columns_swapped": _("The value fits “%(other)s”: two columns are swapped in this row."),
    # head and post
    "acting_head": _("Acts for the head: in the agreement put an order in place of the charter."),
    "post_missing": _("A name without a post."),
    "name_missing_after_post": _("A post without a name. Add surname and given name."),
    # e-mail and telephone
    "email_tidied": _("Needless signs around the address were removed."),
    "email_comma": _("A comma where a dot belongs."),
    "email_lookalike": _("Russian letters inside a Latin address."),
    "email_invalid": _("This is no e-mail address. Check it."),
    "phone_unclear": _("This number cannot be dialled. Type it like +7 812 000-00-00."),
    # names of people
    "case_proposed": _("Capital letters were put in the usual way."),
    "hyphen_tidied": _("Dashes in a double name became one hyphen."),
    "name_order": _("Surname and given name look swapped. Write the surname first."),
    "initials_only": _("Initials only: %(initials)s. Agreements need the full name."),
    "name_unclear": _("It is unclear where the surname ends. Write: surname, name, patronymic."),
    "name_split": _("The full name stood in one cell. Check how it was divided."),
    "placeholder_patronymic": _("No patronymic."),
}
UNKNOWN = _("Check this value.")
SAME: dict[str, "StrPromise"] = {
    "inn": _("the same INN"),
    "name": _("the same name"),
    "all": _("all the same"),
}
SKIPS: dict[str, "StrPromise"] = {
    "totals": _("a line of totals"),
    "blank": _("an empty line"),
    "header": _("a line of headings"),
    "signature": _("a place for signatures"),
    "title": _("a title"),
    "section": _("a subheading"),
    "text": _("a line of text"),
    "deleted": _("a row taken out"),
    "passed_over": _("a line of a sheet without headings"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "empty": _("The table is empty. Copy the rows together with the heading."),
    "file_too_large": _("The file is too large. Leave only the sheet with the list in it."),
    "too_many_rows": _("More than %(limit)s rows. Divide the list."),
    "too_many_cells": _("The table is too wide. Leave only the columns of the list in it."),
    "unsupported_format": _("Such files are not read. Save the table as XLSX, ODS, DOCX or CSV."),
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
    return str(SKIPS.get(reason) or gettext("no organisation"))
