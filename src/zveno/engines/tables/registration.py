"""Numbers of registration: KPP (9 signs) and OGRN (13 digits, of an entrepreneur 15)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from zveno.engines.tables.codes import Code
from zveno.engines.tables.inn import is_valid as is_inn
from zveno.engines.tables.model import Finding, Judged, error, note
from zveno.engines.tables.text import judged_optional, settled, tidied

OF_KPP = 9
_OFFICE = 4
_MODULI = {13: 11, 15: 13}
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_DIGITS = re.compile(r"[0-9]+")
_PREFIX = re.compile(r"^(?:КПП|ОГРН(?:ИП)?)\s*[:№]?\s*", re.IGNORECASE)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eEеЕ]\+?\d+")
_NOISE = re.compile(r"[.,]0+$|[\s'-]+")
_KPP_AFTER_INN = re.compile(r"[/\\|]\s*([0-9]{9})\s*$")


def is_kpp(number: str) -> bool:
    """Whether nine signs are put together as a KPP is."""
    return bool(_KPP.fullmatch(number)) and number.strip("0") != ""


def check_digit(number: str) -> str:
    """Compute the last digit of an OGRN of 13 or 15 digits from those before it."""
    return str(int(number[:-1]) % _MODULI[len(number)] % 10)


def is_ogrn(number: str) -> bool:
    """Whether 13 or 15 ASCII digits form an OGRN: not all zeros, the check digit right."""
    right_length = bool(_DIGITS.fullmatch(number)) and len(number) in _MODULI
    return right_length and number.strip("0") != "" and number[-1] == check_digit(number)


def plain(raw: str) -> str:
    """Strip what tables put around a number."""
    return _NOISE.sub("", _PREFIX.sub("", unicodedata.normalize("NFKC", tidied(raw)[0]))).upper()


def with_kpp_after_inn(inputs: Mapping[str, str]) -> dict[str, str]:
    """Take the KPP out of «ИНН/КПП» in one cell if it has no cell of its own."""
    found = _KPP_AFTER_INN.search(inputs.get("inn", ""))
    if not found or inputs.get("kpp", "").strip():
        return dict(inputs)
    return {**inputs, "kpp": found[1]}


def judge_kpp(raw: str, inn: str = "") -> Judged:
    """Judge a KPP; a lost leading zero is restored if the tax office is that of the INN."""

    def judge(raw: str, typed: str, tidy: list[Finding]) -> Judged:
        number = plain(typed)
        if _EXPONENT.fullmatch(unicodedata.normalize("NFKC", typed)):
            return settled(raw, "", None, [*tidy, error(Code.NUMBER_CUT)])
        if len(number) == OF_KPP - 1 and f"0{number}"[:_OFFICE] == inn[:_OFFICE]:
            return settled(raw, f"0{number}", None, [*tidy, note(Code.KPP_ZERO_RESTORED)])
        if not number.isalnum() or not number.isascii():
            return settled(raw, "", None, [*tidy, error(Code.KPP_NOT_DIGITS)])
        if len(number) != OF_KPP:
            return settled(raw, "", None, [*tidy, error(Code.KPP_LENGTH, digits=len(number))])
        if not is_kpp(number):
            return settled(raw, "", None, [*tidy, error(Code.KPP_NOT_DIGITS)])
        found = [note(Code.NUMBER_TIDIED)] if number != typed else []
        return settled(raw, number, number, [*tidy, *found])

    return judged_optional(raw, judge)


def judge_ogrn(raw: str) -> Judged:
    """Judge an OGRN, or the OGRNIP of an entrepreneur."""
    return judged_optional(raw, _judge_ogrn)


def _judge_ogrn(raw: str, typed: str, tidy: list[Finding]) -> Judged:
    number = plain(typed)
    if _EXPONENT.fullmatch(unicodedata.normalize("NFKC", typed)):
        return settled(raw, "", None, [*tidy, error(Code.NUMBER_CUT)])
    if not _DIGITS.fullmatch(number):
        return settled(raw, "", None, [*tidy, error(Code.OGRN_NOT_DIGITS)])
    if len(number) not in _MODULI:
        return settled(raw, "", None, [*tidy, error(Code.OGRN_LENGTH, digits=len(number))])
    if not is_ogrn(number):
        facts = {"found": number[-1], "computed": check_digit(number)}
        return settled(raw, "", None, [*tidy, error(Code.OGRN_CHECKSUM, **facts)])
    found = [note(Code.NUMBER_TIDIED)] if number != typed else []
    return settled(raw, number, number, [*tidy, *found])


_LOOKS = {"inn": is_inn, "kpp": is_kpp, "ogrn": is_ogrn}


def swapped(inputs: Mapping[str, str]) -> dict[str, Finding]:
    """Find numbers that stand in each other's columns; each finding suggests the right one."""
    numbers = {name: plain(inputs.get(name, "")) for name in _LOOKS}
    asked = {}
    for name, looks in _LOOKS.items():
        if not numbers[name] or looks(numbers[name]):
            continue
        other = next((n for n, look in _LOOKS.items() if n != name and look(numbers[name])), None)
        right = next((n for n in numbers if n != name and looks(numbers[n])), None)
        if other and right:
            facts = {"other": other}
            found = error(Code.COLUMNS_SWAPPED, **facts)
            before = inputs.get(name, "")
            asked[name] = replace(found, before=before, suggestion=numbers[right])
    return asked
