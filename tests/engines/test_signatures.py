"""Detached signatures: the digest tells of these very bytes and of no others."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from hypothesis import example, given
from hypothesis import strategies as st

from zveno.engines import Refusal
from zveno.engines.signatures import Digest, Reading, compare, solve
from zveno.engines.signatures.streebog import streebog

TEXT = b"%PDF-1.7\nagreement\n%%EOF\n"
STREEBOG_256, SHA_1 = "1.2.643.7.1.1.2.2", "1.3.14.3.2.26"
RFC_6986 = b"012345678901234567890123456789012345678901234567890123456789012"


@cache
def _signer() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Director")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(365))
    return builder.sign(key, hashes.SHA256()), key


def made(text: bytes, *options: pkcs7.PKCS7Options, encoding: Encoding = Encoding.DER) -> bytes:
    """Sign as a program for signatures does."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(text).add_signer(*_signer(), hashes.SHA256())
    return builder.sign(encoding, [pkcs7.PKCS7Options.Binary, *options])


DETACHED = pkcs7.PKCS7Options.DetachedSignature


def der(tag: int, *parts: bytes, endless: bool = False) -> bytes:
    """Write a value; ``endless`` marks its end instead of telling its length."""
    body = b"".join(parts)
    if endless:
        return bytes([tag, 0x80]) + body + b"\0\0"
    size = len(body).to_bytes(2)
    return bytes([tag, 0x82]) + size + body


def oid(text: str) -> bytes:
    """Write an object identifier."""
    first, second, *rest = map(int, text.split("."))
    out = bytearray()
    for number in [40 * first + second, *rest]:
        cells = [number & 0x7F]
        while number := number >> 7:
            cells.append(number & 0x7F | 0x80)
        out += bytes(reversed(cells))
    return der(6, bytes(out))


def built(algorithm: str, digest: bytes, *, endless: bool = False, held: bytes = b"") -> bytes:
    """Write a signature over a digest by an algorithm, as programs for GOST signatures do."""
    attribute = der(0x30, oid("1.2.840.113549.1.9.4"), der(0x31, der(4, digest)))
    named = der(0x30, oid(algorithm))
    signer = der(
        *(0x30, der(2, b"\1"), der(0x30), named),
        *(der(0xA0, attribute), der(0x30), der(4, b"signed")),
    )
    content = der(0x30, oid("1.2.840.113549.1.7.1"), der(0xA0, der(4, held)) if held else b"")
    signed = der(0x30, der(2, b"\1"), der(0x31, named), content, der(0x31, signer), endless=endless)
    return der(
        0x30, oid("1.2.840.113549.1.7.2"), der(0xA0, signed, endless=endless), endless=endless
    )


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_signature_over_this_text_matches(encoding: Encoding) -> None:
    reading = compare(made(TEXT, DETACHED, encoding=encoding), TEXT)

    assert reading == Reading(Digest.MATCHES, "SHA-256", 1)


@given(st.binary(max_size=300))
@example(b"")
@example(TEXT + b" ")
@example(TEXT[:-1])
def test_changed_bytes_never_match(other: bytes) -> None:
    expected = Digest.MATCHES if other == TEXT else Digest.DIFFERS

    assert compare(_signature(), other).digest == expected


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 255))
def test_one_other_byte_never_matches(place: int, change: int) -> None:
    other = bytearray(TEXT)
    other[place] ^= change

    assert compare(_signature(), bytes(other)).digest == Digest.DIFFERS


@cache
def _signature() -> bytes:
    return made(TEXT, DETACHED)


@pytest.mark.parametrize("endless", [False, True])
def test_digest_by_gost_is_read(*, endless: bool) -> None:
    signature = built(STREEBOG_256, streebog(TEXT, 32), endless=endless)

    assert compare(signature, TEXT).digest == Digest.MATCHES
    assert compare(signature, TEXT + b"\n").digest == Digest.DIFFERS


def test_what_cannot_be_compared_is_not_known() -> None:
    unknown = built(SHA_1, hashlib.sha1(TEXT).digest())  # noqa: S324 - as old programs do
    bare = made(TEXT, DETACHED, pkcs7.PKCS7Options.NoAttributes)

    assert [compare(one, TEXT).digest for one in (unknown, bare)] == [Digest.UNREAD] * 2


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        (b"", "not_a_signature"),
        (b"%PDF-1.7", "not_a_signature"),
        (b"0\x80" * 5000, "not_a_signature"),
        (made(TEXT), "holds_a_text"),
        (built(STREEBOG_256, streebog(TEXT, 32), held=TEXT), "holds_a_text"),
    ],
    ids=["nothing", "a paper", "nested", "with the text", "with the text by GOST"],
)
def test_what_is_no_detached_signature_is_refused(signature: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        compare(signature, TEXT)
    assert refused.value.code == code


@given(st.data())
def test_broken_file_is_refused_or_read_never_worse(data: st.DataObject) -> None:
    signature = bytearray(_signature())
    for _ in range(data.draw(st.integers(1, 4))):
        signature[data.draw(st.integers(0, len(signature) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(signature[: data.draw(st.integers(0, len(signature)))])

    try:
        reading = compare(cut, b"another text")
    except Refusal:
        return
    assert reading.digest != Digest.MATCHES


def test_streebog_gives_the_answers_of_its_standard() -> None:
    assert streebog(RFC_6986, 64).hex() == (
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
        "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
    )
    assert streebog(RFC_6986, 32).hex() == (
        "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
    )


def test_engine_speaks_plain_data() -> None:
    files = {"signature": _signature(), "text": TEXT}
    answer = solve({name: base64.b64encode(data).decode() for name, data in files.items()})

    assert answer == {
        "version": "signatures 1",
        "digest": "matches",
        "algorithm": "SHA-256",
        "signers": 1,
    }
