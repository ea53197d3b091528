"""An OpenID Connect provider: where it sends people, and what it says of them.

Only what the operator named in the settings is asked; its answers are bounded in size and time.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings
from django.urls import reverse

PATIENCE = 10
LARGEST = 1_000_000
LEEWAY = 60
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
BROKEN = (URLError, OSError, ValueError, KeyError, TypeError, AttributeError, jwt.PyJWTError)


@dataclass(frozen=True, slots=True)
class Question:
    """What binds an answer of the provider to the browser that asked."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Question":
        """Make one that nobody guesses."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    def kept(self) -> dict[str, str]:
        """Return it as a session keeps it."""
        return asdict(self)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nobody elsewhere."""


def is_named() -> bool:
    """Whether the settings name a provider."""
    return bool(settings.OIDC["issuer"])


def provider_facts() -> dict[str, str]:
    """Return what pages show of the provider; nothing if there is none."""
    return {"provider": settings.OIDC["name"]} if is_named() else {}


def address_back() -> str:
    """Return where the provider sends people back to."""
    return f"{settings.ADDRESS}{reverse('people:back_from_elsewhere')}"


def address_to_ask(question: Question) -> str | None:
    """Return the provider's address that asks who somebody is; nothing if it does not answer."""
    try:
        endpoint = _said()["authorization_endpoint"]
    except BROKEN:
        return None
    digest = hashlib.sha256(question.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": settings.OIDC["client_id"],
        "redirect_uri": address_back(),
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"


def subject_of(question: Question, code: str) -> str | None:
    """Return whom the provider names for a code; nothing if anything about it is wrong."""
    try:
        said = _said()
        given = _ask(
            said["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": address_back(),
                "client_id": settings.OIDC["client_id"],
                "client_secret": settings.OIDC["client_secret"],
                "code_verifier": question.verifier,
            },
        )
        claims = _claims(said, given["id_token"])
        subject: str = claims["sub"]
    except BROKEN:
        return None
    if not secrets.compare_digest(str(claims.get("nonce", "")), question.nonce):
        return None
    return subject or None


def _claims(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Return what a signed token claims of whom, for us, by the issuer of the settings."""
    keys = jwt.PyJWKSet.from_dict(_ask(said["jwks_uri"]))
    wanted = jwt.get_unverified_header(token).get("kid")
    key = next(one for one in keys.keys if wanted is None or one.key_id == wanted)
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=ALGORITHMS,
        audience=settings.OIDC["client_id"],
        issuer=settings.OIDC["issuer"],
        leeway=LEEWAY,
        options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
    )
    party = claims.get("azp", settings.OIDC["client_id"])
    if party != settings.OIDC["client_id"]:
        raise ValueError("a token for somebody else")
    return claims


def _said() -> dict[str, Any]:
    """Return what the provider says of itself, if it says it of the issuer we trust."""
    issuer = settings.OIDC["issuer"]
    said = _ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if said["issuer"] != issuer:
        raise ValueError("another issuer")
    return said


def _ask(address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask an address of the provider over TLS (or on this machine) and read its JSON."""
    parts = urlsplit(address)
    here = settings.SAFE_PLACE and parts.hostname in {"127.0.0.1", "localhost"}
    if parts.scheme != "https" and not here:
        raise ValueError("not over TLS")
    body = urlencode(form).encode() if form else None
    request = Request(address, body, {"Accept": "application/json"})  # noqa: S310 - looked at above
    with build_opener(_NoRedirects).open(request, timeout=PATIENCE) as answer:
        said: dict[str, Any] = json.loads(answer.read(LARGEST))
    return said
