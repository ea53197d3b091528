"""The way to hosts that people name: looked at, resolved once, pinned, bounded.

An address is judged when somebody names it and again each time something is sent: a name may lead
elsewhere by then. What is connected to is the very address that was judged; nobody is followed to
another one, and of an answer nothing is read but its status.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum, auto
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from re import fullmatch
from threading import BoundedSemaphore, Thread, Timer
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

LOOKUP, CONNECT, WHOLE = 5.0, 3.0, 10.0
"""Seconds for the name of a host, for a connection, and for all of it with the answer."""
PORT = 443
_lookups = BoundedSemaphore(4)
WORLD = IPv6Network("2000::/3")
# Special networks that Python's ipaddress knows only in later versions, and tunnels.
NOT_OF_THE_WORLD = (
    *(IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")),
    *(IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20")),
)


class Why(StrEnum):
    """Why an address is not reached."""

    NO_ADDRESS = auto()
    NOT_PERMITTED = auto()
    NO_HOST = auto()
    INNER = auto()
    SLOW = auto()
    NO_TRUST = auto()
    BROKEN = auto()


class Unreachable(Exception):
    """Nothing was sent, or no answer came; ``why`` says it for programs."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart; ``host`` is ASCII, ``target`` the path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """Return host and port as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Judged:
    """An address that somebody named, and ``why`` it is not reached, if it is not.

    Looked at before a transaction begins: a name server may be slow, and nothing waits for it
    that others wait for.
    """

    address: str
    why: Why | None = None


def judged(address: str) -> Judged:
    """Look whether an address can be sent to, now."""
    try:
        pinned(place_of(address))
    except Unreachable as error:
        return Judged(address, error.why)
    return Judged(address)


def place_of(address: str) -> Place:
    """Take an address apart. Raises ``Unreachable`` unless it is https and its host permitted."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode().lower()
        place = Place(parts.scheme, host, parts.port or PORT, parts.path or "/")
    except ValueError as error:
        raise Unreachable(Why.NO_ADDRESS) from error
    query = f"?{parts.query}" if parts.query else ""
    whole = Place(place.scheme, place.host, place.port, place.target + query)
    if not _is_sound(whole) or "@" in parts.netloc or parts.fragment:
        raise Unreachable(Why.NO_ADDRESS)
    if not validate_host(whole.named.removesuffix(f":{whole.port}"), settings.WEBHOOKS_TO):
        raise Unreachable(Why.NOT_PERMITTED)
    return whole


def pinned(place: Place) -> str:
    """Return the network address to connect to. Raises ``Unreachable`` if any of them is inner."""
    try:
        found = _in_time(place)
    except TimeoutError as error:
        raise Unreachable(Why.SLOW) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(Why.NO_HOST) from error
    if not found or not all(map(_is_permitted, found)):
        raise Unreachable(Why.INNER if found else Why.NO_HOST)
    return found[0]


def resolve(host: str, port: int) -> list[str]:
    """Return the network addresses of a host."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in known]


def _in_time(place: Place) -> list[str]:
    """Resolve in a thread that may be left behind: a lookup has no time of its own.

    Few are left behind at a time. Raises ``TimeoutError``.
    """
    if not _lookups.acquire(timeout=LOOKUP):
        raise TimeoutError
    found: Future[list[str]] = Future()

    def look() -> None:
        try:
            found.set_result(resolve(place.host, place.port))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)
        finally:
            _lookups.release()

    Thread(target=look, daemon=True).start()
    return found.result(LOOKUP)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send ``body`` and return the status of the answer. Raises ``Unreachable``."""
    place = place_of(address)
    try:
        with _connected(place, pinned(place)) as connection:
            sent = {"Host": place.named, "Connection": "close", "User-Agent": "Zveno"}
            connection.request("POST", place.target, body, sent | dict(headers))
            return connection.getresponse().status
    except ssl.SSLCertVerificationError as error:
        raise Unreachable(Why.NO_TRUST) from error
    except TimeoutError as error:
        raise Unreachable(Why.SLOW) from error
    except (OSError, HTTPException) as error:
        raise Unreachable(Why.BROKEN) from error


def is_public(text: str) -> bool:
    """Whether a network address belongs to the whole world, however it is written."""
    address = ip_address(text.partition("%")[0])
    apart = address.is_private or address.is_reserved or address.is_multicast
    if apart or not address.is_global:
        return False
    elsewhere = isinstance(address, IPv6Address) and address not in WORLD
    return not elsewhere and not any(address in network for network in NOT_OF_THE_WORLD)


def _is_permitted(address: str) -> bool:
    return is_public(address) or (settings.WEBHOOKS_HERE and ip_address(address).is_loopback)


def _is_sound(place: Place) -> bool:
    schemes = {"https", "http"} if settings.WEBHOOKS_HERE else {"https"}
    host = fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", place.host)
    return place.scheme in schemes and bool(host) and bool(fullmatch("[!-~]+", place.target))


@contextmanager
def _connected(place: Place, ip: str) -> Iterator[HTTPConnection]:
    """Connect to ``ip``, speaking to the host by its name; all of it ends after ``WHOLE``."""
    with closing(socket.create_connection((ip, place.port), CONNECT)) as raw:
        raw.settimeout(WHOLE)
        line = raw
        if place.scheme == "https":
            trust = ssl.create_default_context()
            line = trust.wrap_socket(raw, server_hostname=place.host, do_handshake_on_connect=False)
        with closing(line), _ended(line) as is_over:
            try:
                if isinstance(line, ssl.SSLSocket):
                    line.do_handshake()
                connection = HTTPConnection(place.host, place.port)
                connection.sock = line
                yield connection
                if is_over:
                    raise TimeoutError
            except (OSError, HTTPException) as error:
                if is_over:
                    raise TimeoutError from error
                raise


@contextmanager
def _ended(line: socket.socket) -> Iterator[list[bool]]:
    """Cut a line that takes too long, however often a byte comes; what is yielded then is full."""
    is_over: list[bool] = []

    def cut() -> None:
        is_over.append(True)
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(WHOLE, cut)
    timer.daemon = True
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
