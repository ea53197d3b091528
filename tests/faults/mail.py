"""A mail server for trials: takes every letter and remembers its Message-ID."""

import re
import socketserver
import threading
from collections import Counter

MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.IGNORECASE | re.MULTILINE)


class Post(socketserver.StreamRequestHandler):
    """One delivery."""

    server: "MailServer"

    def handle(self) -> None:
        """Say yes to everything; a letter counts when its end has come."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                if not self._take():
                    return
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")

    def _take(self) -> bool:
        letter = b""
        while line := self.rfile.readline():
            if line == b".\r\n":
                self.server.letters.update(key.decode() for key in MESSAGE_ID.findall(letter))
                self.wfile.write(b"250 taken\r\n")
                return True
            letter += line
        return False


class MailServer(socketserver.ThreadingTCPServer):
    """Listens at a port of its own; ``letters`` counts what came, by Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.letters: Counter[str] = Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])
