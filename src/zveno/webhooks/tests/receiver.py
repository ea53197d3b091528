"""A receiver of webhooks on this machine, which believes only what is signed."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

DROP, SLOW, DRIP = "drop", "slow", "drip"


class Receiver:
    """What came, and what it answers to each: a status, or one of the bad manners above."""

    def __init__(self) -> None:
        self.answers: list[int | str] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.address = ""
        self.over = threading.Event()

    @property
    def ids(self) -> list[str]:
        """Return the ids of the messages that came."""
        return [headers["webhook-id"] for headers, _body in self.got]


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Verify a message by the words of the specification, with OpenSSL's HMAC and not ours."""
    mac = HMAC(base64.b64decode(secret.split("_")[1]), hashes.SHA256())
    mac.update(b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode()]))
    mac.update(b"." + body)
    version, _, signature = headers["webhook-signature"].partition(",")
    try:
        mac.verify(base64.b64decode(signature))
    except InvalidSignature:
        return False
    return version == "v1"


@contextmanager
def received() -> Iterator[Receiver]:
    """Run a receiver."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append((headers, body))
            _answer(self, receiver)

        def log_message(self, *_: Any) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.address = f"http://127.0.0.1:{server.server_address[1]}/hook?from=zveno"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, receiver: Receiver) -> None:
    answer = receiver.answers.pop(0) if receiver.answers else 204
    handler.close_connection = True
    if answer == SLOW:
        receiver.over.wait(30)
    elif answer == DRIP:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not receiver.over.wait(0.02):
            try:
                handler.wfile.write(b"X: 1\r\n"[:1])
            except OSError:
                return
    elif isinstance(answer, int):
        handler.send_response(answer)
        handler.send_header("Location", receiver.address)
        handler.end_headers()
