"""As much of ASN.1 (X.690, BER and DER) as a signature file needs."""

from dataclasses import dataclass

from zveno.engines import Refusal

SEQUENCE, SET, OID, OCTETS = 0x30, 0x31, 0x06, 0x04
FIRST = 0xA0
"""The tag ``[0]`` of what is constructed; ``[1]`` follows it."""
_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_INDEFINITE = 0x80
_LONGEST_LENGTH = 4
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A value: its tag, its bytes and, of a constructed one, the values inside."""

    tag: int
    body: bytes
    nodes: tuple["Node", ...] = ()

    def octets(self) -> bytes:
        """Return the bytes of a string, which BER may have cut into pieces."""
        return b"".join(node.octets() for node in self.nodes) if self.nodes else self.body


def read(data: bytes) -> Node:
    """Read one value and all inside. Refuses (``Refusal``) ``not_a_signature``."""
    try:
        return _read(memoryview(data), 0)[0]
    except IndexError as error:
        raise Refusal("not_a_signature") from error


def _read(data: memoryview, depth: int) -> tuple[Node, int]:
    """Return the first value of ``data`` and how many bytes it takes."""
    tag = data[0]
    if depth > _DEEPEST or tag & _LONG_TAG == _LONG_TAG:
        raise Refusal("not_a_signature")
    length, start = _length(data)
    if length is None:
        nodes, end = _until_end(data, start, depth)
        return Node(tag, bytes(data[start:end]), nodes), end + 2
    end = start + length
    if end > len(data):
        raise Refusal("not_a_signature")
    body = data[start:end]
    return Node(tag, bytes(body), _inside(body, depth) if tag & _CONSTRUCTED else ()), end


def _length(data: memoryview) -> tuple[int | None, int]:
    """Return the length of a value, or nothing if its end is marked, and where it begins."""
    first = data[1]
    if first < _INDEFINITE:
        return first, 2
    if first == _INDEFINITE:
        return None, 2
    size = first - _INDEFINITE
    if size > _LONGEST_LENGTH or len(data) < 2 + size:
        raise Refusal("not_a_signature")
    return int.from_bytes(data[2 : 2 + size]), 2 + size


def _inside(body: memoryview, depth: int) -> tuple[Node, ...]:
    nodes, at = [], 0
    while at < len(body):
        node, size = _read(body[at:], depth + 1)
        nodes.append(node)
        at += size
    return tuple(nodes)


def _until_end(data: memoryview, at: int, depth: int) -> tuple[tuple[Node, ...], int]:
    nodes = []
    while bytes(data[at : at + 2]) != b"\0\0":
        node, size = _read(data[at:], depth + 1)
        nodes.append(node)
        at += size
    return tuple(nodes), at


def named(data: bytes) -> str:
    """Write the body of an object identifier with dots. Refuses ``not_a_signature``."""
    numbers, number = [], 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the last byte of a number
            numbers.append(number)
            number = 0
    if not numbers:
        raise Refusal("not_a_signature")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))
