"""Codes for the entrance: a phone without a network knows its own event's codes from others.

A code names a child's place or a group, followed by eight bytes that only this server and the
phones which took the list of that very event can reckon (HMAC-SHA256, RFC 2104). Whoever finds a
lost phone may forge codes of one event, whose names the page meets anyway.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from segno import make as make_qr

from zveno.events.models.events import Event
from zveno.kernel.errors import NotFound

PROOF = 8
WHOLE = 16 + PROOF


class Names(TextChoices):
    """What a code names, as its address says it."""

    CHILD = "c"
    GROUP = "g"


class Code(NamedTuple):
    """A code as it was read: whom it names and the proof that it is one of ours."""

    names: Names
    key: UUID
    proof: bytes

    def is_of(self, event: Event) -> bool:
        """Whether the code was given for this event."""
        return hmac.compare_digest(self.proof, _proof(event, self.names, self.key))


def entrance_key(event: Event) -> bytes:
    """Return the 32 bytes by which codes of ``event`` are known."""
    return salted_hmac("zveno.events.entrance", str(event.public_id), algorithm="sha256").digest()


def entrance_url(event: Event, names: Names, key: UUID) -> str:
    """Return the address that a code says: any camera opens it."""
    said = urlsafe_b64encode(key.bytes + _proof(event, names, key)).decode()
    return settings.ADDRESS + reverse("events:by_code", args=[names, said])


def entrance_qr(event: Event, names: Names, key: UUID) -> SafeString:
    """Draw the code."""
    code = make_qr(entrance_url(event, names, key), error="m")
    return SafeString(code.svg_inline(border=2, omitsize=True, svgclass="qr__code"))


def read_code(names: str, said: str) -> Code:
    """Read the last words of such an address. Raises ``NotFound``."""
    try:
        whole = urlsafe_b64decode(said)
        if len(whole) != WHOLE:
            raise NotFound
        return Code(Names(names), UUID(bytes=whole[:-PROOF]), whole[-PROOF:])
    except (NotBase64, ValueError) as unreadable:
        raise NotFound from unreadable


def _proof(event: Event, names: Names, key: UUID) -> bytes:
    told = names.value.encode() + key.bytes
    return hmac.digest(entrance_key(event), told, "sha256")[:PROOF]
