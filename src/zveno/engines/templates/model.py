"""What a template is filled with, what may be wrong with one, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zveno.engines.papers.model import Block, Paper, Section

Value = str | list["Value"] | dict[str, "Value"]
"""A text, a list to go over, or a thing with parts: ``party.post``."""
Context = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Told:
    """What a template tells: a paper, and sections ``added`` to it whatever its words are.

    ``offered`` names the fields of the paper a template may use, ``needed`` what nobody may sign
    without: each must be found in the drawn text.
    """

    paper: Paper
    offered: tuple[str, ...] = ()
    added: tuple[Section, ...] = ()
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: ``code`` names it, ``place`` holds the words of its paragraph."""

    code: str
    place: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """The drawn original, its content block by block, and the same content as PDF to read."""

    docx: bytes
    blocks: tuple[Block, ...]
    pdf: bytes
