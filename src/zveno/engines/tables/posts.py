"""The head of an organisation as tables have him: post, perhaps «(пример)», then the name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.model import Finding, Judged, note, question
from zveno.engines.tables.people import PARTS, is_patronymic, judge_person, split_full_name
from zveno.engines.tables.text import judged_optional, settled, tidied

_ACTING = re.compile(
    r"(?:и\.?\s?о\.?|врио|вр\.?\s?и\.?\s?о\.?|(?:временно )?исполняющ\w+ обязанности)(?!\w)\s*",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:директор(?:[аеу]|ом)?|завед[ую]{1,2}щ(?:ий|ая|его|ей)|начальник[ау]?|руководител[ьяю]|"
    r"(?:про)?ректор[ау]?|президента?|председател[ья]|глав(?:[аы]|ный|ная|ного|ной)|"
    r"управляющ(?:ий|ая|его|ей)|генеральн(?:ый|ого)|исполнительн(?:ый|ого)|технический|"
    r"заместител[ья]|зам\.?|методиста?|старш(?:ий|ая|его|ей)|учител[ья]|воспитател[ья]|педагога?|"
    r"мастера?|координатора?|ведущ(?:ий|ая|его|ей)|специалиста?|собственник|учредител[ья]|"
    r"индивидуальный)[:,]?",
    re.IGNORECASE,
)
_COMPLEMENT = re.compile(
    r"(?:школ|гимнази|лице|колледж|техникум|училищ|детск|сад|центр|дом|творчеств|учреждени|"
    r"отдел|образовани|работ|учебн|воспитательн|методическ|структурн|подразделени|организаци|"
    r"предприяти|общества|кластер|предпринимател|район|по$|и$|на$|при$|№|\d|[«\"(])",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"[А-ЯЁ]{0,3}[ОП]У|[СОН]ОШ|[УВ]{1,2}Р|АХ[РЧ]|СПО|[ИНУ]МЦ|Д?ДТ|П?АО|ООО|ДО"
)
_NAME_FIRST = re.compile(r"^(?P<name>.+?)\s*(?:[,–—(]|\s-)\s*(?P<post>[^,–—()]+?)\)?$")
_NAME_WORDS = 3
_ASIDE = re.compile(r"\s*(\([^()]*\))\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """A director taken apart: the cell as a whole, and the values it holds."""

    whole: Judged
    values: Mapping[str, Any]


def split_post(text: str) -> tuple[str, str]:
    """Divide «post name» or «name, post» into post and name; either may be empty."""
    end = _end_of_post(text)
    if not end:
        turned = _NAME_FIRST.match(text)
        if turned and _end_of_post(turned["post"]):
            return turned["post"], turned["name"]
    post, name = text[:end].strip(" ,:–—-"), text[end:].strip(" ,:–—-")
    aside = _ASIDE.search(name)
    if aside:
        post, name = f"{post} {aside[1]}".strip(), name[: aside.start()]
    return post, name


def _end_of_post(text: str) -> int:
    acting = _ACTING.match(text)
    end = acting.end() if acting else 0
    words = [(word.start(), word[0]) for word in re.finditer(r"\([^()]*\)|\S+", text[end:])]
    taken = 0
    for start, word in words:
        known = _POST.fullmatch(word) or (taken and _continues(word, text[end + start :]))
        if not known:
            break
        taken = end + start + len(word)
    return taken or end


def _continues(word: str, rest: str) -> bool:
    """Whether ``word``, which begins ``rest`` and follows a post, still belongs to the post."""
    words = rest.split()
    if word[:1].islower():
        later = any(other[:1].isupper() for other in words)
        return later or bool(_COMPLEMENT.match(word))
    whole_name = len(words) == _NAME_WORDS and is_patronymic(words[-1])
    if whole_name or (word.isalpha() and len(words) < _NAME_WORDS):
        return False
    return bool(_COMPLEMENT.match(word) or _ABBREVIATION.fullmatch(word))


def judge_head(raw: str, post: str = "", *, insisted: bool = False) -> Head:
    """Judge a director; ``post`` comes from a column of its own, if there is one.

    If a person ``insisted``, the parts of the name stand as typed.
    """
    text, _ = tidied(raw)
    own_post = tidied(post)[0]
    found_post, name = split_post(text) if text else ("", "")
    full_post = own_post or found_post
    split = split_full_name(name)
    parts = judge_person(split.parts, split.asked) if name else {}
    whole = judged_optional(
        raw, lambda raw, typed, tidy: _whole(raw, typed, tidy, (found_post, parts))
    )
    if whole.value == "":
        return Head(whole, _values(own_post, {}))
    named = {part: (one.typed if insisted else one.value) for part, one in parts.items()}
    return Head(_with_remarks(whole, full_post, name), _values(full_post, named))


def _whole(
    raw: str, typed: str, tidy: list[Finding], taken: tuple[str, Mapping[str, Judged]]
) -> Judged:
    post, parts = taken
    found = list({one.code: one for part in parts.values() for one in part.findings}.values())
    better = " ".join([post, *(parts[part].likely for part in PARTS if part in parts)])
    doubtful = any(finding.severity != Severity.NOTE for finding in found)
    changed = " ".join(better.split()) if found else typed
    lost = doubtful and any(not parts[part].likely for part in PARTS[:2])
    return settled(raw, typed if lost else changed, typed, [*tidy, *map(_bare, found)])


def _bare(finding: Finding) -> Finding:
    return Finding(finding.code, finding.severity, facts=finding.facts)


def _with_remarks(whole: Judged, post: str, name: str) -> Judged:
    remarks = []
    if not name:
        remarks.append(question(Code.NAME_MISSING_AFTER_POST))
    if not post or post.startswith("("):
        remarks.append(note(Code.POST_MISSING))
    if _ACTING.match(post):
        remarks.append(note(Code.ACTING_HEAD))
    value = whole.value if name else None
    return Judged(value, whole.likely, whole.typed, (*whole.findings, *remarks))


def _values(post: str, parts: Mapping[str, str | None]) -> dict[str, Any]:
    named = {f"director_{part}": parts.get(part, "") for part in PARTS}
    return {"director_post": post, "director_acting": bool(_ACTING.match(post)), **named}
