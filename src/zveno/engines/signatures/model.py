"""What a signature file is found to say."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Digest(StrEnum):
    """Whether the signed digest is that of the text; one that cannot be read is not known."""

    MATCHES = auto()
    DIFFERS = auto()
    UNREAD = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """The digests of all ``signers`` beside the text, and by which algorithms they are made."""

    digest: Digest
    algorithm: str
    signers: int
