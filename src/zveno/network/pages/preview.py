"""The text of an agreement on the screen: as it is printed, with declined names marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from zveno.network.models import Party
from zveno.network.models.wording import BLANK
from zveno.network.pages import faces
from zveno.ui.faces import Face

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph; one with a style is a declined name that can be mended at a url."""

    text: str
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the paper: ``template`` draws it from its pieces or its rows."""

    template: str
    pieces: list[Piece] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A party's words in the genitive, and why somebody should look at them."""

    party: Party
    words: str
    face: Face
    doubts: list[str]


def blocks(drawn: Sequence[dict[str, Any]], parties: Sequence[Party]) -> list[Shown]:
    """Show the blocks of a paper; the first paragraphs introduce the parties, one each."""
    introduced = iter(parties)
    return [_shown(block, introduced) for block in drawn]


def _shown(block: dict[str, Any], introduced: Iterator[Party]) -> Shown:
    party = next(introduced, None) if block["kind"] == "paragraph" else None
    text = " ".join(block["texts"])
    pieces = list(_pieces(text, party)) if party else [Piece(text)]
    return Shown(f"network/paper/{block['kind']}.html", pieces, block["texts"], block["rows"])


def _pieces(text: str, party: Party) -> Iterator[Piece]:
    phrase = _declined(party)
    start = text.replace(NO_BREAK, " ").find(phrase)
    if start < 0:
        yield Piece(text)
        return
    end = start + len(phrase)
    sure = party.can_sign and not faces.doubts(party)
    yield Piece(text[:start])
    yield Piece(
        text[start:end],
        "fill fill--ok" if sure else "fill",
        reverse("network:party", args=[party.public_id]),
    )
    yield Piece(text[end:])


def _declined(party: Party) -> str:
    words = (party.form(name).text or BLANK for name in ("post_genitive", "person_genitive"))
    return " ".join(words).replace(NO_BREAK, " ")


def names(parties: Sequence[Party]) -> list[Name]:
    """List the declined names, those that need a look first."""
    found = [_name(party) for party in parties if party.can_sign]
    return sorted(found, key=lambda name: not name.doubts)


def _name(party: Party) -> Name:
    doubts = faces.doubts(party)
    by_hand = any(party.form(form).by_hand for form in Party.FORMS)
    sure = faces.LOOKED if by_hand else faces.BY_RULE
    return Name(party, _declined(party), faces.LOOK if doubts else sure, doubts)
