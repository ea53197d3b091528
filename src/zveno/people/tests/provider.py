"""A small OpenID Connect provider of our own, on this machine, for tests of our client."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = {"client_id": "zveno", "client_secret": "only-for-tests"}


class Provider:
    """What the provider will say: ``claims`` and ``key`` may be made wrong."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.key = KEY
        self.algorithm = "RS256"
        self.says_issuer = issuer

    def allow(self, asked: dict[str, str], subject: str = "anna-at-provider") -> str:
        """Let somebody in who was sent here with the question ``asked``; return the code."""
        self.codes["a-code"] = asked | {"sub": subject}
        return "a-code"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Give a token for a code, once, to whoever holds the secret and the verifier."""
        kept = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = {name: form.get(name) for name in CLIENT} == CLIENT
        if kept is None or not right or kept["code_challenge"] != challenge:
            return None
        now = int(timezone.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": "zveno", "sub": kept["sub"], "nonce": kept["nonce"],
            "iat": now, "exp": now + 300,
        }  # fmt: skip
        claims |= self.claims
        key: Any = "x" * 64 if self.algorithm == "HS256" else self.key
        return {"id_token": jwt.encode(claims, key, self.algorithm, headers={"kid": "one"})}

    def keys(self) -> dict[str, Any]:
        """Publish the public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def itself(self) -> dict[str, Any]:
        """Say where everything is."""
        return {
            "issuer": self.says_issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }


@contextmanager
def provider() -> Iterator[Provider]:
    """Run the provider on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {"/.well-known/openid-configuration": made.itself, "/keys": made.keys}
            self._say(found[self.path]() if self.path in found else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(made.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, said: dict[str, Any] | None) -> None:
            self.send_response(200 if said else 400)
            self.end_headers()
            self.wfile.write(json.dumps(said or {"error": "invalid_grant"}).encode())

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
