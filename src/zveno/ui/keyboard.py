"""Words typed with the keyboard in the wrong layout: «,fkfyc» is «баланс», «пруд» is "ghel"."""

LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_RUSSIAN = str.maketrans(LATIN, RUSSIAN)
_TO_LATIN = str.maketrans(RUSSIAN, LATIN)


def other_layout(typed: str) -> str:
    """Return what the same keys give in the other layout."""
    russian = any(letter in RUSSIAN for letter in typed)
    return typed.translate(_TO_LATIN if russian else _TO_RUSSIAN)


def readings(typed: str) -> list[str]:
    """Return what may have been meant: the words as they are, then in the other layout."""
    words = " ".join(typed.split())
    other = other_layout(words)
    return [words] if not words or other == words else [words, other]
