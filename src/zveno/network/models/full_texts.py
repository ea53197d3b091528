"""What agreements say, to be found by any form of a word: PostgreSQL's Russian dictionary."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Func, Value

from zveno.documents.models import Paper
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.agreements import Agreement, AgreementQuerySet, seen_by

CONFIG, LONGEST = "russian", 200
BEGINS, ENDS, GAP = "\ue000", "\ue001", " … "
"""Private signs around a word that is found: no paper can hold them, and they are no markup."""
Excerpt = list[tuple[bool, str]]
"""Pieces of a text, each with whether it is a word that was looked for."""


def _plain(text: F) -> Func:
    """Read «ё» as «е»: papers write it either way."""
    as_text = models.TextField()
    return Func(text, Value("ёЁ"), Value("еЕ"), function="TRANSLATE", output_field=as_text)


VECTOR = SearchVector(_plain(F("text")), config=CONFIG)


class FullTextQuerySet(Questions["FullText"]):
    """Questions about texts of agreements."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the agreements the actor sees."""
        return self.filter(seen_by(actor, "agreement__"))

    def telling_of(self, words: str) -> Self:
        """Keep those that hold all ``words`` in any form; "…" keeps words together, - excludes."""
        return self.alias(vector=VECTOR).filter(vector=_query(words))


class FullText(Record):
    """The title, number, place, parties and drawn text of an agreement, as plain words."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="full_text")
    text = models.TextField()
    objects = FullTextQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(VECTOR, name="words_of_agreements")]

    def __str__(self) -> str:
        """Return its beginning."""
        return self.text[:80]


def telling_of(agreements: AgreementQuerySet, words: str) -> AgreementQuerySet:
    """Keep the agreements whose text holds all ``words``, in any form."""
    return agreements.filter(pk__in=FullText.objects.telling_of(words).values("agreement"))


def excerpts(actor: Actor, agreements: Iterable[Agreement], words: str) -> dict[int, Excerpt]:
    """Return where each agreement tells of ``words``, by its key."""
    rows = FullText.objects.visible_to(actor).filter(agreement__in=[one.pk for one in agreements])
    query = _query(words) | SearchQuery(words[:LONGEST], config=CONFIG, search_type="websearch")
    found = SearchHeadline(
        "text", query, config=CONFIG, start_sel=BEGINS, stop_sel=ENDS,
        max_words=24, min_words=8, max_fragments=2, fragment_delimiter=GAP,
    )  # fmt: skip
    return {key: _pieces(text) for key, text in rows.values_list("agreement", found)}


def text_of(agreement: Agreement) -> str:
    """Put together what can be found of an agreement."""
    content = Paper.objects.values_list("content", flat=True).get(pk=agreement.paper_id)
    number = agreement.number.printed if agreement.number else ""
    names = agreement.parties.order_by("place").values_list("organisation__name", flat=True)
    drawn = [text for block in content.get("blocks", []) for text in block["texts"]]
    return "\n".join(filter(None, [agreement.title, number, agreement.place, *drawn, *names]))


def _query(words: str) -> SearchQuery:
    plain = words[:LONGEST].translate(str.maketrans("ёЁ", "еЕ"))
    return SearchQuery(plain, config=CONFIG, search_type="websearch")


def _pieces(text: str) -> Excerpt:
    """Tell the words that were found from those around them."""
    begun, *rest = text.split(BEGINS)
    pieces = [(False, begun)]
    for part in rest:
        word, _end, after = part.partition(ENDS)
        pieces += [(True, word), (False, after)]
    return [piece for piece in pieces if piece[1]]
