"""What lies between Zveno and its database: a proxy that cuts connections where it is told."""

import selectors
import socket
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
PIECE = 1 << 16


class Where(Enum):
    """Where a connection is cut: what was said is not passed on, or its answer is not, or half."""

    BEFORE = "before it is sent"
    AFTER = "after it is sent, before the answer"
    MIDDLE = "in the middle of the answer"


@dataclass
class Order:
    """Cut the connection that says the ``turn``-th thing from now on in which ``word`` stands.

    It is cut at once, or when it says ``then`` next.
    """

    where: Where
    turn: int
    word: bytes = b""
    then: bytes = b""
    said_by: socket.socket | None = None


class Wire:
    """Listens in ``folder`` as a database would and passes everything on to the one in ``to``."""

    def __init__(self, folder: Path, to: Path) -> None:
        self.to = to / SOCKET
        self.cuts = 0
        self._order: Order | None = None
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, order: Order) -> None:
        """Carry out ``order`` once."""
        with self._lock:
            self._order = order

    def spare(self) -> None:
        """Forget an order that found nothing to cut."""
        with self._lock:
            self._order = None

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with ExitStack() as stack, suppress(OSError):
            stack.enter_context(client)
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.connect(str(self.to))
            ready = stack.enter_context(selectors.DefaultSelector())
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in ready.select():
                    side, other = key.fileobj, key.data
                    said = side.recv(PIECE)  # type: ignore[union-attr]
                    where = self._turn(client, said) if side is client else None
                    if not said or where is Where.BEFORE:
                        return
                    other.sendall(said)
                    if where:
                        answer = server.recv(PIECE)
                        client.sendall(answer[: len(answer) // 2] if where is Where.MIDDLE else b"")
                        return

    def _turn(self, client: socket.socket, said: bytes) -> Where | None:
        """Whether what was said is what the order waits for."""
        with self._lock:
            order = self._order
            if order is None:
                return None
            if order.said_by is None and order.word in said:
                order.turn -= 1
                order.said_by = client if order.turn <= 0 else None
            if order.said_by is not client or order.then not in said:
                return None
            self._order = None
            self.cuts += 1
            return order.where
