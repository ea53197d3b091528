"""The taxpayer number (INN): 10 digits of an organisation or 12 of a person, with check digits."""

import re
import unicodedata

from zveno.engines.tables.codes import Code
from zveno.engines.tables.model import Finding, Judged, error, note
from zveno.engines.tables.text import judged_optional, settled

OF_ORGANISATION = 10
OF_PERSON = 12
_WEIGHTS = {
    OF_ORGANISATION: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    OF_PERSON: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}
_MOST_ZEROS_LOST = 2
_PREFIX = re.compile(r"^ИНН\s*(?:/\s*КПП)?\s*[:№]?\s*", re.IGNORECASE)
_AFTER_SLASH = re.compile(r"\s*[/\\|].*$")
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eEеЕ]\+?\d+")
_FRACTION = re.compile(r"[.,]0+$")
_SEPARATORS = re.compile(r"[\s'-]+")
_DIGITS = re.compile(r"[0-9]+")


def check_digits(number: str) -> str:
    """Compute the check digits of an INN of 10 or 12 digits from the digits before them."""
    head, found = number[: -len(_WEIGHTS[len(number)])], ""
    for weights in _WEIGHTS[len(number)]:
        total = sum(int(d) * w for d, w in zip(head + found, weights, strict=True))
        found += str(total % 11 % 10)
    return found


def is_valid(number: str) -> bool:
    """Whether 10 or 12 ASCII digits form an INN: not all zeros, check digits right."""
    return (
        bool(_DIGITS.fullmatch(number))
        and len(number) in _WEIGHTS
        and number.strip("0") != ""
        and number.endswith(check_digits(number))
    )


def judge_inn(raw: str) -> Judged:
    """Judge an INN however a table holds it; lost leading zeros are restored if the check fits."""
    return judged_optional(raw, _judge)


def _judge(raw: str, typed: str, tidy: list[Finding]) -> Judged:
    plain = _PREFIX.sub("", unicodedata.normalize("NFKC", typed))
    plain = _FRACTION.sub("", _AFTER_SLASH.sub("", plain))
    if _EXPONENT.fullmatch(plain):
        return settled(raw, "", None, [*tidy, error(Code.INN_EXPONENT)])
    number = _SEPARATORS.sub("", plain)
    if not _DIGITS.fullmatch(number):
        return settled(raw, "", None, [*tidy, error(Code.INN_NOT_DIGITS)])
    full, found = _restored(number)
    if full and number != typed:
        found = [note(Code.INN_TIDIED), *found]
    return settled(raw, full, full, [*tidy, *found])


def _restored(number: str) -> tuple[str, list[Finding]]:
    if is_valid(number):
        return number, []
    for length in (OF_ORGANISATION, OF_PERSON):
        lost = length - len(number)
        if 0 < lost <= _MOST_ZEROS_LOST and is_valid(number.zfill(length)):
            if len(number) in _WEIGHTS:
                continue
            return number.zfill(length), [note(Code.INN_ZEROS_RESTORED, zeros=lost)]
    if not number.strip("0"):
        return "", [error(Code.INN_ZEROS)]
    if len(number) not in _WEIGHTS:
        return "", [error(Code.INN_LENGTH, digits=len(number))]
    computed = check_digits(number)
    found = number[-len(computed) :]
    return "", [error(Code.INN_CHECKSUM, found=found, computed=computed)]
