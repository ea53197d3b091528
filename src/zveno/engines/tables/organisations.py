"""Names of organisations, the kind a name speaks of, and the role a kind usually has."""

import re

from zveno.engines.tables.codes import Code
from zveno.engines.tables.lookalikes import mended_in_passing, name_key
from zveno.engines.tables.model import Finding, Judged, note, question
from zveno.engines.tables.text import judged_by, no_longer_than, not_a_formula

NAME_LIMIT = 300
_NUMBERING = re.compile(r"^[0-9]{1,3}[.)]\s+(?=[^\W\d_])")
_NUMBER_SIGN = re.compile(r"\s*№\s*\.?\s*(?=\d)")
_NUMBER_LETTER = re.compile(r"(?<!\w)N[oоº°]?\.?\s*(?=\d)", re.IGNORECASE)
_ANY_QUOTE = re.compile("[«»\"„“”‟〝〞″]|<<|>>|''")
_AFTER_LAST_QUOTE = re.compile("[()][^«»]*$")
_EMOJI = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff<>{}\\[\\]\\\\|^~]+")

# The first kind found wins. What a pattern matched is taken out before the next is tried, so that
# «школа искусств» is no school. Legal forms come last: «ГБОУ» alone says school.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "employer",
        re.compile(
            r"\b(?:ооо|ао|пао|зао|оао|ип|фгуп|гуп|муп|нпо|нпп|нпк)\b|общество с ограниченной|"
            r"акционерное общество|индивидуальн\w+ предпринимател"
        ),
    ),
    (
        "education_authority",
        re.compile(
            r"\b(?:отдел|департамент|управлени[ея]|комитет|министерство)\b.*\bобразовани\w*|"
            r"^администраци|\b(?:рооу|гороно|роно)\b"
        ),
    ),
    ("sector_centre", re.compile(r"отраслев\w+ (?:учебно )?методическ\w+ центр")),
    (
        "advanced_training_centre",
        re.compile(r"\bцопп\b|опережающ\w+ профессиональн\w+ подготовк"),
    ),
    (
        "methodical_centre",
        re.compile(r"\b(?:имц|нмц|умц|ммц|рмц|гмц)\b|методическ\w+ (?:центр|кабинет|служб)"),
    ),
    ("technopark", re.compile(r"кванториум|технопарк")),
    (
        "extracurricular_centre",
        re.compile(
            r"\b\w{0,2}[ау]у до\b|\bбу до\b|\b\w{0,4}удод?\b|творчеств\w*|"
            r"\b(?:ддю?тт?|цдю?тт?|сют|дюц|дюсш|дши|дмш|сшор|црдо|цдо)\b|"
            r"\w+ дополнительн\w+ образован\w*|станци\w+ юн|дворец (?:учащ|детск|юнош)|"
            r"школ\w+ искусств|(?:спортивн|музыкальн|художественн)\w+ школ\w*"
        ),
    ),
    ("preschool", re.compile(r"\b\w{0,3}доу\b|\bд с\b|детск\w+ сад|дошкольн|\bясли\b|\bцрр\b")),
    (
        "college",
        re.compile(r"колледж|техникум|училищ|профессиональн\w+ (?:образовательн|лице)\w*"),
    ),
    ("school", re.compile(r"школ|гимнази|лице[йяюе]|кадетск|\b(?:сош|оош|нош)\b")),
    ("university", re.compile(r"\bуниверситет")),
    ("employer", re.compile(r"завод|предприяти|комбинат|фабрик|холдинг|корпораци|концерн|верф")),
)
_LEGAL_FORMS = (
    ("college", re.compile(r"\b\w{0,2}поу\b")),
    ("school", re.compile(r"\b[гмчкна]\w?оу\b|общеобразовательн")),
)
_DEPARTMENTS = re.compile(
    r"дошкольн\w+ (?:отделени|групп)\w+|отделени\w+ дополнительн\w+ образован\w+"
)
ROLES = frozenset({"base", "methodical_operator", "member"})
_ROLE_WORDS = {
    "база": "base",
    "базовая": "base",
    "базовый": "base",
    "оператор": "methodical_operator",
    "методический": "methodical_operator",
    "участник": "member",
}
KINDS = frozenset({kind for kind, _ in _KINDS} | {"other"})


def judge_name(raw: str) -> Judged:
    """Judge the name of an organisation: one script per word, «№ 5», paired «»."""
    return judged_by(
        raw,
        (
            not_a_formula,
            _without_numbering,
            _without_emoji,
            _with_number_sign,
            _with_quotes,
            mended_in_passing,
            no_longer_than(NAME_LIMIT),
        ),
    )


def _without_numbering(text: str) -> tuple[str, Finding | None]:
    better = _NUMBERING.sub("", text)
    dropped = text.removesuffix(better)
    return better, note(Code.TEXT_LEFT_OUT, text=dropped) if dropped else None


def _without_emoji(text: str) -> tuple[str, Finding | None]:
    strange = "".join(_EMOJI.findall(text.replace("<<", "«").replace(">>", "»")))
    if not strange:
        return text, None
    better = " ".join(_EMOJI.sub(" ", text).split())
    return better, question(Code.UNUSUAL_CHARACTERS, characters=strange[:20])


def _with_number_sign(text: str) -> tuple[str, Finding | None]:
    tidy = _NUMBER_SIGN.sub(" № ", _NUMBER_LETTER.sub("№ ", text)).strip()
    return tidy, note(Code.NUMBER_SIGN_TIDIED) if tidy != text else None


def _with_quotes(text: str) -> tuple[str, Finding | None]:
    tidy = _ANY_QUOTE.sub(_facing, text)
    depth = 0
    for sign in tidy:
        depth += (sign == "«") - (sign == "»")
        if depth < 0:
            return tidy, question(Code.QUOTES_UNPAIRED)
    if depth and _AFTER_LAST_QUOTE.search(tidy):
        return tidy + "»" * depth, question(Code.QUOTES_UNPAIRED)
    tidy += "»" * depth
    return tidy, note(Code.QUOTES_TIDIED) if tidy != text else None


def _facing(quote: re.Match[str]) -> str:
    if quote[0] in "«»":
        return quote[0]
    before = quote.string[quote.start() - 1 : quote.start()]
    return "«" if not before or before in ' (-«"„“' else "»"


def organisation_key(name: str) -> str:
    """Fold the name of an organisation to what it is compared by; «№5» and «№ 5» are one."""
    return name_key(_with_number_sign(name)[0])


def kind_of(name: str) -> tuple[str, list[Finding]]:
    """Guess the kind of an organisation by its name; say so when it is a poor guess."""
    key = _DEPARTMENTS.sub(" ", name_key(name.replace("/", " ")))
    found = []
    for kind, pattern in _KINDS:
        if pattern.search(key):
            key = pattern.sub(" ", key)
            found.append(kind)
    found = found or [kind for kind, pattern in _LEGAL_FORMS if pattern.search(key)]
    if not found:
        return "other", [note(Code.KIND_UNKNOWN)]
    torn = found[0] != "employer" and len(set(found)) > 1
    return found[0], [note(Code.KIND_UNSURE)] if torn else []


def kind_named(text: str) -> str | None:
    """Understand a kind that the table itself names, in words or as an identifier."""
    if text in KINDS:
        return text
    kind, doubts = kind_of(text)
    return None if doubts else kind


def role_named(text: str) -> str | None:
    """Understand a role that the table itself names, in words or as an identifier."""
    if text.strip() in ROLES:
        return text.strip()
    return next((_ROLE_WORDS[w] for w in name_key(text).split() if w in _ROLE_WORDS), None)
