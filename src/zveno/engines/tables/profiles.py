"""What each profile looks for: words of headings, looks of contents, fields every row needs."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made

from zveno.engines.tables.classes import judge_class
from zveno.engines.tables.given_names import is_given_name
from zveno.engines.tables.inn import is_valid
from zveno.engines.tables.lookalikes import mended
from zveno.engines.tables.organisations import kind_of
from zveno.engines.tables.people import is_patronymic
from zveno.engines.tables.posts import split_post
from zveno.engines.tables.registration import is_kpp, is_ogrn

Looks = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of list: fields by headings, by contents, and what is left out of it.

    ``telling`` contents are trusted even under a heading that says nothing.
    """

    name: str
    headings: Sequence[tuple[str, re.Pattern[str]]]
    contents: Sequence[tuple[str, Looks]]
    telling: frozenset[str]
    required: Sequence[Sequence[str]]
    left_out: Sequence[tuple[str, re.Pattern[str]]] = ()
    contents_left_out: Mapping[str, Looks] = made(default_factory=dict)


_SHORTEST_INN = 8
NUMBER = "number"
GROUP = "group"
_NUMBER_HEADING = (NUMBER, re.compile(r"(?:№|n|n[oо]|номер|ном)?(?: ?п ?п| ?строки)?"))
_GROUP_HEADING = (
    GROUP,
    re.compile(r"контакт\w*(?: данные| лицо)?|реквизиты|сведения\b.*|данные\b.*"),
)


def _pattern(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings))


def folded_heading(text: str) -> str:
    """Fold a heading to what it is compared by; punctuation and slashes become spaces."""
    small = unicodedata.normalize("NFC", mended(text)[0]).casefold().replace("ё", "е")
    return " ".join(re.sub(r"[^\w№]+", " ", small).split())


def _is_inn(text: str) -> bool:
    digits = re.sub(r"[\s-]|^ИНН", "", text)
    return len(digits) >= _SHORTEST_INN and (is_valid(digits) or is_valid(digits.zfill(10)))


def _is_kpp(text: str) -> bool:
    return is_kpp(text) and text[4:6] in {"01", "02", "43", "45"}


def _is_email(text: str) -> bool:
    return "@" in text


def _is_phone(text: str) -> bool:
    digits = re.sub(r"[\s()+.-]", "", text)
    return digits.isdigit() and len(digits) in {10, 11} and not _is_inn(text)


def _is_snils(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3}-\d{3}-\d{3}[ -]\d{2}", text.strip()))


def _is_head(text: str) -> bool:
    post, name = split_post(text)
    named = bool(name) and bool(post) and not post.startswith("(")
    return named or is_patronymic(text.rsplit(maxsplit=1)[-1])


def _is_organisation(text: str) -> bool:
    return kind_of(text)[0] != "other" or bool(re.search(r"[«\"№]", text))


def _is_date(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"\s*(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|3\d{4}|4\d{4}).*", text
        )
    )


def _is_class(text: str) -> bool:
    return judge_class(text).value not in {None, ""}


def is_full_name(text: str) -> bool:
    """Whether a cell looks like two words of a name or more."""
    words = re.findall(r"[^\W\d_][\w'’-]*\.?", text)
    return len(words) > 1 and words[0][:1].isupper()


def _is_name_word(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[^\W\d_][^\W\d_'’ -]*\s*", text)) and not text.islower()


MEMBERS = Profile(
    name="members",
    headings=(
        _NUMBER_HEADING,
        ("kpp", _pattern(r"кпп(?: .*)?", r"код причины.*")),
        ("ogrn", _pattern(r"огрн(?:ип)?(?: .*)?", r"основной государственный.*")),
        ("inn", _pattern(r"инн(?: .*)?", r"идентификационный номер.*")),
        (
            "email",
            _pattern(r".*\b(?:почт\w*|e ?mail|емейл|имейл|mail)\b.*", r"эл(?:ектронный)? адрес"),
        ),
        ("phone", _pattern(r"(?:.* )?(?:телефон\w*|тел|моб\w*)(?: .*)?")),
        (
            "director",
            _pattern(
                r"(?:ф ?и ?о )?(?:руководител\w*|директор\w*|заведующ\w*|глав[аы])(?: .*)?",
                r"должность (?:и )?ф ?и ?о.*",
            ),
        ),
        ("director_post", _pattern(r"должность(?: .*)?")),
        ("kind", _pattern(r"(?:тип|вид)(?: (?:организации|учреждения|оо|оу))?")),
        ("role", _pattern(r"роль(?: .*)?")),
        (
            "name",
            _pattern(
                r"(?:полное |краткое |сокращенное |официальное )?(?:наименование|название)(?: .*)?",
                r"(?:образовательн\w+ )?(?:организаци[яи]|учреждени[ея])(?: участник\w*)?",
                r"оу|оо|доу|школа|участник\w*(?: кластера)?|член\w* кластера",
            ),
        ),
        _GROUP_HEADING,
    ),
    contents=(
        ("email", _is_email),
        ("inn", _is_inn),
        ("ogrn", is_ogrn),
        ("kpp", _is_kpp),
        ("phone", _is_phone),
        ("director", _is_head),
        ("name", _is_organisation),
    ),
    telling=frozenset({"email", "inn"}),
    required=(("name",),),
)

CLASS_LIST = Profile(
    name="class_list",
    headings=(
        _NUMBER_HEADING,
        (
            "full_name",
            _pattern(
                r"ф ?и ?о?(?: .*)?",
                r"фамилия (?:и )?имя(?: .*)?",
                r"(?:ученик|учащийся|обучающийся|участник|ребенок|воспитанник)\w*",
            ),
        ),
        ("family_name", _pattern(r"фамилия(?: .*)?")),
        ("given_name", _pattern(r"имя(?: .*)?")),
        ("patronymic", _pattern(r"отчество(?: .*)?")),
        (
            "birth_date",
            _pattern(r"дата рожд\w*", r"д ?р", r"год рожд\w*", r"день рожд\w*", r"рожд\w*"),
        ),
        ("letter", _pattern(r"буква(?: класса)?", r"литера?(?: класса)?")),
        ("class", _pattern(r"класс(?: (?:обучения|ученика|группа|литера?))?", r"кл", r"параллель")),
        _GROUP_HEADING,
    ),
    contents=(
        ("birth_date", _is_date),
        ("class", _is_class),
        ("full_name", is_full_name),
        ("patronymic", is_patronymic),
        ("given_name", is_given_name),
        ("family_name", _is_name_word),
    ),
    telling=frozenset({"class"}),
    required=(("family_name", "full_name"),),
    left_out=(
        (
            "guardian",
            _pattern(r".*(?:родител|законн|представител|\bмам|\bпап|\bмат[ье]р|\bот[е]?ц).*"),
        ),
        ("staff", _pattern(r".*(?:руководител|учител|педагог|воспитател|сопровожд|директор).*")),
        ("snils", _pattern(r".*снилс.*")),
        ("phone", _pattern(r".*(?:телефон|\bтел\b|\bмоб).*")),
        ("email", _pattern(r".*(?:почт|mail).*")),
        ("address", _pattern(r".*(?:адрес|прожива|прописк).*")),
        ("document", _pattern(r".*(?:паспорт|свидетельств|полис|документ).*")),
        (
            "health",
            _pattern(r".*(?:здоров|овз|инвалид|диагноз|аллерг|медиц|группа здор|примечани).*"),
        ),
        ("sex", _pattern(r"пол")),
    ),
    contents_left_out={"snils": _is_snils, "phone": _is_phone, "email": _is_email},
)

DISTRICT = replace(
    CLASS_LIST,
    name="district",
    headings=(
        ("inn", _pattern(r"инн(?: .*)?", r"идентификационный номер.*")),
        (
            "organisation",
            _pattern(
                r"(?:.* )?(?:организаци[яи]|учреждени[ея]|школ[аы]|сад)(?: .*)?",
                r"оо|оу|доу|оо оу",
            ),
        ),
        *CLASS_LIST.headings,
    ),
    contents=(("inn", _is_inn), *CLASS_LIST.contents),
    required=(("organisation", "inn"), *CLASS_LIST.required),
)

_OF_A_PERSON = frozenset({"director", "director_post", "role"})
ORGANISATIONS = replace(
    MEMBERS,
    name="organisations",
    headings=[pair for pair in MEMBERS.headings if pair[0] not in _OF_A_PERSON],
    contents=[pair for pair in MEMBERS.contents if pair[0] not in _OF_A_PERSON],
    left_out=[
        ("staff", pattern) for name, pattern in MEMBERS.headings if name.startswith("director")
    ],
    contents_left_out={"staff": _is_head},
)

ANNUAL_PLAN = Profile(
    name="annual_plan",
    headings=(
        _NUMBER_HEADING,
        ("direction", _pattern(r"направлени\w*(?: .*)?", r"раздел\w*(?: .*)?")),
        (
            "title",
            _pattern(r"(?:наименование |название |тема )?мероприяти\w*(?: .*)?", r"содержание.*"),
        ),
        ("form", _pattern(r"форм\w*(?: .*)?")),
        (
            "participants",
            _pattern(r"участник\w*(?: .*)?", r"(?:целевая )?аудитория(?: .*)?", r"для кого"),
        ),
        ("place", _pattern(r"мест[оа](?: .*)?", r"где(?: .*)?", r"кто проводит")),
        (
            "when",
            _pattern(r"срок\w*(?: .*)?", r"дат[аы](?: .*)?", r"время(?: .*)?", r"когда", r"месяц"),
        ),
        ("responsible", _pattern(r"ответственн\w*(?: .*)?", r"исполнител\w*(?: .*)?")),
        ("note", _pattern(r"примечани\w*(?: .*)?")),
    ),
    contents=(),
    telling=frozenset(),
    required=(("title",), ("when",)),
)

PROFILES = {
    profile.name: profile for profile in (MEMBERS, ORGANISATIONS, CLASS_LIST, DISTRICT, ANNUAL_PLAN)
}
