"""Turn the bytes of a text file into text: what they say of themselves first, else a good guess."""

import codecs
from collections.abc import Iterator

CANDIDATES = ("cp1251", "koi8-r", "cp866")
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", *CANDIDATES)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FREQUENT = frozenset("оеаинтсрвлкмдпуОЕАИНТСРВЛКМДПУ")
_ORDINARY = frozenset("бгзйхчшщъыьэюяёжфцБГЗЙХЧШЩЪЫЬЭЮЯЁЖФЦ№«»–—…")
_SAMPLE = 20_000
_BROKEN_SHARE = 0.02
_ZERO_SHARE = 0.2
REPLACEMENT = "\ufffd"


def decoded(data: bytes, wanted: str | None = None) -> tuple[str, str, bool]:
    """Return text, encoding, and whether the encoding is sure; a bad byte becomes U+FFFD.

    ``wanted`` is the encoding a person chose, one of ``ENCODINGS``; another is not listened to.
    """
    if wanted in ENCODINGS:
        return data.decode(wanted, errors="replace").removeprefix("\ufeff"), wanted, True
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding.removesuffix("-sig"), True
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide, False
    text = data.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    if not broken or broken <= _BROKEN_SHARE * sum(not sign.isascii() for sign in text):
        return text, "utf-8", not broken
    best = max(CANDIDATES, key=lambda encoding: _likeness(data[:_SAMPLE], encoding))
    return data.decode(best, errors="replace"), best, False


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by its zero or 4 in every other byte."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[start::2]
        if sample.count(0) > _ZERO_SHARE * len(sample) / 2 and set(high) <= {0, 4, 0x20, 0x21}:
            return encoding
    return None


def _likeness(sample: bytes, encoding: str) -> float:
    """Weigh how Russian a decoding looks: frequent letters, capitals only where words begin."""
    score, before = 0.0, " "
    for sign in sample.decode(encoding, errors="replace"):
        if not sign.isascii():
            score += 1.0 if sign in _FREQUENT else 0.2 if sign in _ORDINARY else -2.0
            score -= before.islower() and sign.isupper()
        before = sign
    return score


def bad_offsets(data: bytes, encoding: str) -> Iterator[int]:
    """Yield the places of bytes that have no letter; only for encodings of one byte a letter."""
    if encoding not in CANDIDATES:
        return
    text = data.decode(encoding, errors="replace")
    yield from (place for place, sign in enumerate(text) if sign == REPLACEMENT)
