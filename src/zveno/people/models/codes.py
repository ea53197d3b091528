"""Codes of six digits, new every half minute (RFC 6238, as every program of codes makes them)."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP = 30
DIGITS = 6
AROUND = (0, -1, 1)
"""Clocks of phones go wrong by a step."""


def new_code_secret() -> bytes:
    """Make the secret that a phone and Zveno share: 160 random bits."""
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int) -> str:
    """Return the code of a step."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(moment: datetime) -> int:
    """Return the number of the half minute."""
    return int(moment.timestamp()) // STEP


def matching_step(secret: bytes, typed: str, moment: datetime) -> int | None:
    """Return the step whose code was typed, now or half a minute around; spaces do not matter."""
    code = "".join(typed.split())
    if not (code.isascii() and code.isdecimal()):
        return None
    now = step_of(moment)
    for step in (now + away for away in AROUND):
        if hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def shown_secret(secret: bytes) -> str:
    """Return the secret as people type it, in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def code_address(secret: bytes, name: str) -> str:
    """Return the address that a program for codes reads from the picture."""
    label = quote(f"Zveno:{name}")
    asked = {"secret": base64.b32encode(secret).decode(), "issuer": "Zveno"}
    return f"otpauth://totp/{label}?{urlencode(asked)}"
