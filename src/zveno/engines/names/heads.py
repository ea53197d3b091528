"""The word a phrase hangs on: known to the lexicon, to the dictionary, or by its tail."""

from dataclasses import dataclass

from zveno.engines.names.model import OBLIQUE, Gender
from zveno.engines.names.words import (
    HYPHEN,
    Forms,
    adjective_gender,
    decline_adjective,
    decline_noun,
    is_adjective,
    lexicon,
    look_up,
    noun_gender,
)

_SHORTEST_TAIL = 4
_Noun = tuple[Forms, Gender | None]


@dataclass(frozen=True, slots=True)
class Heads:
    """The words that may be a head here, and whether they name somebody."""

    words: frozenset[str]
    animate: bool

    def __contains__(self, lower: str) -> bool:
        """Tell whether a word, each hyphened part of it, is one of ours."""
        pieces = HYPHEN.split(lower)[::2]
        standing = lexicon()["standing_first_parts"]
        return pieces[-1] in self.words and all(
            piece in self.words or piece in standing for piece in pieces
        )

    def forms(self, lower: str) -> Forms:
        """Decline a head, each hyphened part of it."""
        declined = [self._piece(piece) for piece in HYPHEN.split(lower)]
        return {case: "".join(forms[case] for forms in declined) for case in OBLIQUE}

    def unknown(self, lower: str) -> _Noun | None:
        """Look each hyphened part up; a word that ends in one of ours declines as that one."""
        found: list[Forms] = []
        gender: Gender | None = None
        for place, piece in enumerate(HYPHEN.split(lower)):
            if place % 2 or piece in lexicon()["standing_first_parts"]:
                found.append(dict.fromkeys(OBLIQUE, piece))
                continue
            known = self._known(piece) or look_up(piece) or self._by_tail(piece)
            if known is None:
                return None
            found.append(known[0])
            gender = gender or known[1]
        return {case: "".join(forms[case] for forms in found) for case in OBLIQUE}, gender

    def _piece(self, piece: str) -> Forms:
        if piece in "-‐‑" or piece in lexicon()["standing_first_parts"]:
            return dict.fromkeys(OBLIQUE, piece)
        if is_adjective(piece):
            return decline_adjective(piece, animate=self.animate)
        return decline_noun(piece, animate=self.animate)

    def _known(self, piece: str) -> _Noun | None:
        return (self._piece(piece), head_gender(piece)) if piece in self.words else None

    def _by_tail(self, piece: str) -> _Noun | None:
        """Decline «медиацентр» as «центр» with something before it."""
        for start in range(1, len(piece) - _SHORTEST_TAIL + 1):
            tail = self._known(piece[start:])
            if tail:
                forms, gender = tail
                return {case: piece[:start] + form for case, form in forms.items()}, gender
        return None


def heads_of(kind: str, *, animate: bool) -> Heads:
    """Return the heads of a ``kind`` of the lexicon."""
    return Heads(frozenset(lexicon()[kind]), animate)


def head_gender(lower: str) -> Gender | None:
    """Return the gender of a head by the first of its parts that shows one."""
    pieces = HYPHEN.split(lower)[::2]
    known = [piece for piece in pieces if piece not in lexicon()["standing_first_parts"]]
    genders = [adjective_gender(p) if is_adjective(p) else noun_gender(p) for p in known]
    return next((gender for gender in genders if gender), None)
