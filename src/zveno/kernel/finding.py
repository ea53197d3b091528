"""Words looked for: in any form, begun only, in either layout; and what of a row says them.

Each room that offers something to find has a question that takes ``Wanted`` and begins with
``visible_to``. What somebody looks for is a name as often as not: it is never written down.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import BooleanField, F, FloatField, Func, QuerySet, TextField, Value

from zveno.kernel import questions

BEGINNING = 3
"""The fewest letters that are understood as the beginning of a word."""
LONG_NUMBER = 4
"""The fewest digits that may be the tail of a telephone or the beginning of an INN."""
MOST_WORDS = 12
LONGEST_ORDINAL = 8
YEARS = range(2000, 2101)
MOST = 500
"""Of more hits the best are not looked for: so many say no more than their number."""
_NUMBER = re.compile(r"(?:инн|огрн|тел\w*)?[\d\s()+.:-]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_CONSONANT = "бвгджзклмнпрстфхцчшщ"
# «станок», but «станки»: the stems that PostgreSQL makes of them differ by this vowel.
_WITH_VOWEL = re.compile(rf"(\w*[{_CONSONANT}])[ое]([кц])")
_WITHOUT = re.compile(rf"(\w+[{_CONSONANT}])([кц])(?:[аиуеы]|о[мв]|е[мв]|а[мх]|ами)")


class Said(Func):
    """The words of columns as PostgreSQL keeps them: stems, ё as е, numbers by themselves.

    Migrations name it: what it makes does not change.
    """

    function = None
    arg_joiner = " || ' ' || "
    template = "to_tsvector('russian', translate(%(expressions)s, 'ёЁ-–—/№.@_', 'еЕ        '))"
    output_field = SearchVectorField()


class _Matches(Func):
    """Whether words answer what is looked for."""

    function = None
    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class _Resembles(Func):
    """Whether some words of a text are like these, letter for letter; see ``loosely``."""

    function = None
    arg_joiner = " <%% "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class Registered(NamedTuple):
    """A number of a book: how many-th, of which year if that was typed as well."""

    ordinal: int
    year: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; ``readings`` are the words as they may have been meant."""

    readings: Sequence[str]

    @property
    def words(self) -> list[list[str]]:
        """The words of each reading, small, without ё."""
        small = (one.casefold().replace("ё", "е") for one in self.readings)
        return [words for one in small if (words := _WORD.findall(one)[:MOST_WORDS])]

    @property
    def digits(self) -> str:
        """The digits of a number, however it was spaced; empty if anything else was typed."""
        typed = self.readings[0] if self.readings else ""
        return "".join(filter(str.isdecimal, typed)) if _NUMBER.fullmatch(typed) else ""

    @property
    def long_number(self) -> str:
        """The digits if they may be the tail of a telephone, an INN or an OGRN."""
        return self.digits if len(self.digits) >= LONG_NUMBER else ""

    @property
    def number(self) -> Registered | None:
        """The number of a paper that this may be: 47, № 0047, 2026-0047, 47/2026."""
        parts = self.words[0] if self.words else []
        if not all(part.isdecimal() and len(part) <= LONGEST_ORDINAL for part in parts):
            return None
        match [int(part) for part in parts]:
            case [ordinal]:
                return Registered(ordinal)
            case [year, ordinal] if year in YEARS:
                return Registered(ordinal, year)
            case [ordinal, year] if year in YEARS:
                return Registered(ordinal, year)
        return None

    @property
    def query(self) -> str:
        """What forms and beginnings of the words answer, as PostgreSQL is asked."""
        return _any_of(self.words, _begun)

    def said(self, *columns: str) -> _Matches:
        """Say of rows that their columns hold all words of one reading."""
        return _Matches(Said(*columns), _asked(self.query))

    def said_whole(self, *columns: str) -> _Matches:
        """Say the same, with no word only begun."""
        return _Matches(Said(*columns), _asked(_any_of(self.words, str)))

    @property
    def may_be_mistyped(self) -> bool:
        """Whether a slip of the keys is likelier than that there is no such thing: no number is."""
        words = self.words[0] if self.words else []
        return any(map(str.isalpha, words)) and not any(map(str.isdecimal, words))

    def resembles(self, column: str) -> _Resembles:
        """Say of rows that a column holds something like the words."""
        return _Resembles(self._typed, F(column))

    def resemblance(self, column: str) -> Func:
        """Return how like the words a column is: at most 1."""
        return Func(self._typed, F(column), function="word_similarity", output_field=FloatField())

    @property
    def _typed(self) -> Value:
        return Value(" ".join(self.words[0]) if self.words else "", output_field=TextField())


def loosely() -> None:
    """Let words that have half of their threes of letters in common resemble each other."""
    questions.rows("SELECT set_config('pg_trgm.word_similarity_threshold', '0.5', true)")


def counted(rows: QuerySet[Any]) -> int:
    """Return how many were found, up to ``MOST``."""
    return rows.order_by()[:MOST].count()


def _asked(query: str) -> SearchQuery:
    return SearchQuery(query, config="russian", search_type="raw")


def _any_of(readings: list[list[str]], one: Callable[[str], str]) -> str:
    """Return a query all words of some reading answer."""
    return " | ".join(f"({' & '.join(map(one, words))})" for words in readings)


def _begun(word: str) -> str:
    """Return a query that the word, its forms and what it is the beginning of answer."""
    if word.isdecimal() or len(word) < BEGINNING:
        return word
    return "(" + " | ".join(f"{form}:*" for form in _forms(word)) + ")"


def _forms(word: str) -> Iterator[str]:
    """Yield a word, then what its stem may be with a vowel more or less."""
    yield word
    if fleeting := _WITH_VOWEL.fullmatch(word):
        yield fleeting[1] + fleeting[2]
    if fleeting := _WITHOUT.fullmatch(word):
        yield f"{fleeting[1]}о{fleeting[2]}"
        yield f"{fleeting[1]}е{fleeting[2]}"
