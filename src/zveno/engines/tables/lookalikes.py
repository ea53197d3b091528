"""Letters that look like letters of another script, and a key that forgets the difference."""

import re
import unicodedata

from zveno.engines.tables.codes import Code
from zveno.engines.tables.model import Finding, note, question

CYRILLIC = "\u0400-\u052f\u1c80-\u1c88"
FOREIGN = "A-Za-z\u00c0-\u024f\u0370-\u03ff"
_LATIN = "ABCEHKMOPTXYaceopxyk"
_GREEK = "ΑΒΕΗΚΜΟΡΤΧΥοα"
_TWINS_OF_LATIN = "АВСЕНКМОРТХУасеорхук"
_TWINS_OF_GREEK = "АВЕНКМОРТХУоа"
TO_CYRILLIC = str.maketrans(_LATIN + _GREEK, _TWINS_OF_LATIN + _TWINS_OF_GREEK)
TO_LATIN = str.maketrans(_TWINS_OF_LATIN, _LATIN)
_ZERO = re.compile(f"(?<=[{CYRILLIC}])0(?=[{CYRILLIC}])")
_MIXED = re.compile(f"[{CYRILLIC}](?:0?[{FOREIGN}]|0[{CYRILLIC}])|[{FOREIGN}]0?[{CYRILLIC}]")
_WORD = re.compile(r"\w+")
_FOREIGN_LETTER = re.compile(f"[{FOREIGN}]")
_JOINTS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
_UNSPOKEN = re.compile(r"[«»\"„“”'’ʼ`´.,;:()]+")
_SMALL_TWINS = str.maketrans("abcehkmoptxyαβεηκμορτχυё", "авсенкмортхуавенкмортхуе")


def mended(text: str) -> tuple[str, int, int]:
    """Return the text in one script per word, how many words were mended, how many could not be."""
    if not _MIXED.search(text):
        return text, 0, 0
    counts = [0, 0]

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        if not _MIXED.search(word):
            return word
        better = _in_one_script(word)
        counts[better == word] += 1
        return better

    return _WORD.sub(mend, text), counts[0], counts[1]


def _in_one_script(word: str) -> str:
    cyrillic = _ZERO.sub("О" if word.isupper() else "о", word.translate(TO_CYRILLIC))
    if not _MIXED.search(cyrillic) and not _FOREIGN_LETTER.search(cyrillic):
        return cyrillic
    latin = word.translate(TO_LATIN)
    return word if _MIXED.search(latin) else latin


def mended_in_passing(text: str) -> tuple[str, Finding | None]:
    """Mend mixed words and say so; ask only about those that cannot be mended."""
    better, mended_words, doubtful = mended(text)
    if doubtful:
        return better, question(Code.MIXED_SCRIPT, words=mended_words + doubtful)
    return better, note(Code.MIXED_SCRIPT, words=mended_words) if mended_words else None


def asked_about(text: str) -> tuple[str, Finding | None]:
    """Ask about every mixed word and suggest the mended text."""
    better, mended_words, doubtful = mended(text)
    words = mended_words + doubtful
    return better, question(Code.MIXED_SCRIPT, words=words) if words else None


def name_key(text: str) -> str:
    """Fold a name to what it is compared by: case, ё, look-alikes, quotes, hyphens and spaces."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_SMALL_TWINS)
    return _JOINTS.sub(" ", _UNSPOKEN.sub(" ", small)).strip()
