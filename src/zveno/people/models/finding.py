"""People somebody looks for: who holds a post now is a work contact.

Behind the wall PostgreSQL judges a condition row by row, unless the condition cannot tell anybody
what a row holds: comparing whole texts is such a one, looking for words is not. So the first
letters of the words choose the rows by indices, and the words are looked for in those.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import and_, or_

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Collate, Replace

from zveno.kernel.actor import Actor
from zveno.kernel.finding import MOST, Wanted
from zveno.people.models.persons import Post

PARTS = ("family_name", "given_name", "patronymic")
FEWEST, LETTERS = 2, 6
ENDINGS = "аеиоуыэюяймхгь"
"""Letters that the forms of a name end with: the others choose the rows."""


def contacts_found(actor: Actor, wanted: Wanted) -> QuerySet[Post]:
    """Return the posts of those with such a name whom the actor sees, family names first.

    Of more than ``MOST`` not all are put in order, but those of such a family are among them.
    """
    posts = Post.objects.visible_to(actor).live()
    begun = [reduce(and_, one) for words in wanted.words if (one := list(_begun(words)))]
    if not begun:
        return posts.none()
    plain = {part: Collate(F(f"person__{part}"), "C") for part in PARTS}
    spelt = Replace("person__family_name", Value("ё"), Value("е"))
    called = reduce(or_, (Q(spelt__istartswith=words[0]) for words in wanted.words))
    named = wanted.said(*(f"person__{part}" for part in PARTS))
    rows = posts.alias(**plain, spelt=spelt).filter(reduce(or_, begun), named)
    hits = rows.filter(called).values("pk")[:MOST].union(rows.values("pk")[:MOST])
    return (
        posts.alias(spelt=spelt)
        .filter(pk__in=hits)
        .select_related("person", "organisation")
        .order_by(
            Case(When(called, then=0), default=1),
            *("person__family_name", "person__given_name", "pk"),
        )
    )


def _begun(words: list[str]) -> Iterator[Q]:
    """Yield for each word that may be a name that some part of the name begins so."""
    for word in words:
        if beginnings := list(_beginnings(word)):
            yield reduce(or_, (_begins(part, one) for part in PARTS for one in beginnings))


def _beginnings(word: str) -> Iterator[str]:
    """Yield how a name may begin of which this is a form, е and ё told apart."""
    if word.isalpha() and len(word) >= FEWEST:
        letters = word.rstrip(ENDINGS)[:MOST]
        letters = letters if len(letters) >= FEWEST else word[:FEWEST]
        for spelt in product(*("её" if letter == "е" else letter for letter in letters)):
            yield "".join(spelt).capitalize()


def _begins(part: str, letters: str) -> Q:
    behind = letters[:-1] + chr(ord(letters[-1]) + 1)
    return Q(**{f"{part}__gte": letters, f"{part}__lt": behind})
