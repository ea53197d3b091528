"""Detached signature files (CMS, .sig and .p7s): whether they are made over these very bytes.

Only the digest is looked at. Whose the certificate is, whether it was good on that day and whether
the key behind it signed, no one here can tell.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from zveno.engines import Refusal
from zveno.engines.signatures.ber import FIRST, OCTETS, OID, SEQUENCE, SET, Node, named, read
from zveno.engines.signatures.model import Digest, Reading
from zveno.engines.signatures.streebog import streebog

__all__ = ["VERSION", "Digest", "Reading", "compare", "solve"]

VERSION = "signatures 1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_PEM = re.compile(rb"-----[^-]*-----")
_HASHES: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "1.2.643.7.1.1.2.2": ("GOST R 34.11-2012, 256", lambda data: streebog(data, 32)),
    "1.2.643.7.1.1.2.3": ("GOST R 34.11-2012, 512", lambda data: streebog(data, 64)),
    "2.16.840.1.101.3.4.2.1": ("SHA-256", lambda data: hashlib.sha256(data).digest()),
    "2.16.840.1.101.3.4.2.2": ("SHA-384", lambda data: hashlib.sha384(data).digest()),
    "2.16.840.1.101.3.4.2.3": ("SHA-512", lambda data: hashlib.sha512(data).digest()),
}


def compare(signature: bytes, text: bytes) -> Reading:
    """Tell whether every signer in ``signature`` has signed the digest of ``text``.

    Refuses (``Refusal``) what is no CMS signature (``not_a_signature``), has no signer
    (``nobody_signed``) or holds a text of its own (``holds_a_text``).
    """
    signers = _signers(_signed_data(_bytes_of(signature)))
    found = [_digest(signer) for signer in signers]
    algorithms = dict.fromkeys(_HASHES[oid][0] if oid in _HASHES else oid for oid, _ in found)
    known = {oid: _HASHES[oid][1](text) for oid, said in found if said and oid in _HASHES}
    if any(said and oid in known and said != known[oid] for oid, said in found):
        digest = Digest.DIFFERS
    elif all(said and oid in known for oid, said in found):
        digest = Digest.MATCHES
    else:
        digest = Digest.UNREAD
    return Reading(digest, ", ".join(algorithms), len(signers))


def _bytes_of(signature: bytes) -> bytes:
    """Return the bytes of a file that may be written in base64, with or without its frame."""
    if signature[:1] == bytes([SEQUENCE]):
        return signature
    try:
        return base64.b64decode(b"".join(_PEM.sub(b"", signature).split()), validate=True)
    except binascii.Error as error:
        raise Refusal("not_a_signature") from error


def _signed_data(data: bytes) -> Node:
    outer = read(data).nodes
    if [node.tag for node in outer[:2]] != [OID, FIRST] or len(outer[1].nodes) != 1:
        raise Refusal("not_a_signature")
    signed = outer[1].nodes[0]
    if named(outer[0].body) != _SIGNED_DATA or len(signed.nodes) < 4:  # noqa: PLR2004 - CMS
        raise Refusal("not_a_signature")
    return signed


def _signers(signed: Node) -> tuple[Node, ...]:
    content, infos = signed.nodes[2], signed.nodes[-1]
    if content.tag != SEQUENCE or infos.tag != SET:
        raise Refusal("not_a_signature")
    if len(content.nodes) > 1:
        raise Refusal("holds_a_text")
    if not infos.nodes:
        raise Refusal("nobody_signed")
    return infos.nodes


def _digest(signer: Node) -> tuple[str, bytes]:
    """Return the algorithm of a signer and the digest among what was signed, if it is there."""
    parts = signer.nodes
    if len(parts) < 5 or not parts[2].nodes or parts[2].nodes[0].tag != OID:  # noqa: PLR2004 - CMS
        raise Refusal("not_a_signature")
    said = [_value(node) for node in parts[3].nodes] if parts[3].tag == FIRST else []
    return named(parts[2].nodes[0].body), b"".join(said)


def _value(attribute: Node) -> bytes:
    """Return the digest, if this is the attribute that holds it."""
    match attribute.nodes:
        case (Node(tag=tag) as name, Node(nodes=(Node() as value,))) if tag == OID:
            holds = named(name.body) == _MESSAGE_DIGEST and value.tag & ~0x20 == OCTETS
            return value.octets() if holds else b""
    return b""


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``compare`` in plain data: files in base64, the answer as ``Reading`` has it."""
    signature, text = (base64.b64decode(problem[name]) for name in ("signature", "text"))
    reading = compare(signature, text)
    return {
        "version": VERSION,
        "digest": reading.digest,
        "algorithm": reading.algorithm,
        "signers": reading.signers,
    }
