"""E-mail addresses and telephone numbers."""

import re
import unicodedata

from zveno.engines.tables.codes import Code
from zveno.engines.tables.lookalikes import CYRILLIC, TO_LATIN
from zveno.engines.tables.model import Finding, Judged, error, note, question
from zveno.engines.tables.text import judged_optional, settled

_SEVERAL = re.compile(r"[;,/|\s]+(?=[^@\s;,/|]+@)")
_IN_BRACKETS = re.compile(r"^[^<>]*<([^<>]+)>[\s;,.]*$")
_EDGES = " ;,.:<>()[]«»\"'"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}@(?:{_LABEL}\.)+[^\W\d_]{{2,63}}")
_LONGEST = 254
_EXTENSION = re.compile(r"[\s,;]*(?:доб|внутр|вн)\w*\.?\s*(\d{1,6})\s*\)?$", re.IGNORECASE)
_NUMBERS = re.compile(r"[;,/\n]+|\s{2,}")
_NOT_DIALLED = re.compile(r"[\s()./-]+|тел\w*\.?:?|моб\w*\.?:?", re.IGNORECASE)
_DIALLED = re.compile(r"\+?[0-9]+")
_IN_COUNTRY = 10
_WITH_PREFIX = 11
_ABROAD = range(8, 16)


def judge_email(raw: str) -> Judged:
    """Judge an e-mail address; it is kept as typed, capitals too."""
    return judged_optional(raw, _judge_email)


def _judge_email(raw: str, typed: str, tidy: list[Finding]) -> Judged:
    bracketed = _IN_BRACKETS.match(typed)
    bare = (bracketed[1] if bracketed else typed).removeprefix("mailto:").strip(_EDGES)
    several = [part for part in _SEVERAL.split(bare) if "@" in part]
    found = [] if bare == typed else [note(Code.EMAIL_TIDIED)]
    if len(several) > 1:
        found.append(question(Code.SEVERAL_VALUES, count=len(several)))
        address = several[0].strip(_EDGES)
    else:
        address, asked = _repaired(bare)
        found += asked
    if not _is_address(address):
        return settled(raw, "", None, [*tidy, error(Code.EMAIL_INVALID)])
    return settled(raw, address, bare if _is_address(bare) else None, [*tidy, *found])


def _repaired(address: str) -> tuple[str, list[Finding]]:
    if _is_address(address) and not _half_cyrillic(address):
        return address, []
    found = []
    if "," in address:
        address, found = address.replace(",", "."), [question(Code.EMAIL_COMMA)]
    if " " in address:
        address, found = _without_spaces(address), [*found, question(Code.EMAIL_TIDIED)]
    if _half_cyrillic(address):
        address, found = address.translate(TO_LATIN), [*found, question(Code.EMAIL_LOOKALIKE)]
    return address, found


def _without_spaces(text: str) -> str:
    """Join «imc @example.org», but leave words that belong to no address."""
    joined = text.replace(" ", "")
    if joined.isascii():
        return joined
    return next((part for part in text.split() if _is_address(part)), joined)


def _half_cyrillic(address: str) -> bool:
    name, _, domain = address.rpartition("@")
    return any(
        re.search(f"[{CYRILLIC}]", part) and re.search("[A-Za-z]", part)
        for part in (name, *domain.split("."))
    )


def _is_address(text: str) -> bool:
    tidy_dots = ".." not in text and not text.startswith(".") and ".@" not in text
    return len(text) <= _LONGEST and tidy_dots and bool(_ADDRESS.fullmatch(text))


def judge_phone(raw: str) -> Judged:
    """Judge a telephone number and write it as +7…, the extension after «доб.»."""
    return judged_optional(raw, _judge_phone)


def _judge_phone(raw: str, typed: str, tidy: list[Finding]) -> Judged:
    plain = unicodedata.normalize("NFKC", typed).removesuffix(".0")
    extension = _EXTENSION.search(plain)
    body = plain[: extension.start()] if extension else plain
    several = [part for part in _NUMBERS.split(body) if part.strip()]
    number = _international(several[0]) if several else None
    if number is None:
        digits = sum(sign.isdigit() for sign in plain)
        return settled(raw, "", typed, [*tidy, question(Code.PHONE_UNCLEAR, digits=digits)])
    found = [question(Code.SEVERAL_VALUES, count=len(several))] if len(several) > 1 else []
    full = f"{number} доб. {extension[1]}" if extension else number
    return settled(raw, full, full if not found else typed, [*tidy, *found])


def _international(text: str) -> str | None:
    number = _NOT_DIALLED.sub("", text)
    if not _DIALLED.fullmatch(number):
        return None
    digits = number.lstrip("+")
    if len(digits) == _IN_COUNTRY and not number.startswith("+"):
        return f"+7{digits}"
    if len(digits) == _WITH_PREFIX and digits[0] in ("7" if number.startswith("+") else "78"):
        return f"+7{digits[1:]}"
    return number if number.startswith("+") and len(digits) in _ABROAD else None
