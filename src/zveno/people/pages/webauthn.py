"""Keys of devices: what a browser is asked for, and whether its answer holds."""

import json
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zveno.people import actions
from zveno.people.models import Account, Passkey
from zveno.people.models.factors import passkey_of

STATE = "key_state"
LARGEST = 20_000
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def keys_work() -> bool:
    """Whether browsers make keys for this address: it needs a name, a number is not enough."""
    host = urlsplit(settings.ADDRESS).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return bool(host)
    return False


def ask_for_new(
    session: SessionBase, account: Account, name: str, known: Sequence[Passkey]
) -> dict[str, Any]:
    """Return what the browser is asked to make a key for; the question is kept in the session."""
    options, session[STATE] = _server().register_begin(
        PublicKeyCredentialUserEntity(
            id=account.public_id.bytes, name=account.sign_in_name, display_name=name
        ),
        [AttestedCredentialData(bytes(key.credential)) for key in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options)


def made(session: SessionBase, answer: str) -> actions.Credential | None:
    """Return the key a browser made, if it answers our question."""
    state = session.pop(STATE, None)
    if state is None or len(answer) > LARGEST:
        return None
    try:
        data = _server().register_complete(state, json.loads(answer))
    except BROKEN:
        return None
    credential = data.credential_data
    if credential is None:
        return None
    return actions.Credential(credential.credential_id, bytes(credential), data.counter)


def ask_for_known(session: SessionBase) -> dict[str, Any]:
    """Return what the browser is asked to open; whose key it is, it says itself."""
    required = UserVerificationRequirement.REQUIRED
    options, session[STATE] = _server().authenticate_begin(user_verification=required)
    return dict(options)


def opened(session: SessionBase, answer: str) -> tuple[Passkey, int] | None:
    """Return the key a browser opened and how often it says it was, if the answer holds."""
    state = session.pop(STATE, None)
    if state is None or len(answer) > LARGEST:
        return None
    try:
        return _opened(state, json.loads(answer))
    except BROKEN:
        return None


def _opened(state: dict[str, Any], answer: dict[str, Any]) -> tuple[Passkey, int] | None:
    response = AuthenticationResponse.from_dict(answer)
    passkey = passkey_of(response.raw_id)
    if passkey is None:
        return None
    known = AttestedCredentialData(bytes(passkey.credential))
    _server().authenticate_complete(state, [known], response)
    return passkey, response.response.authenticator_data.counter


def _server() -> Fido2Server:
    address = urlsplit(settings.ADDRESS)
    entity = PublicKeyCredentialRpEntity(id=address.hostname or "", name="Zveno")
    origin = f"{address.scheme}://{address.netloc}"
    return Fido2Server(entity, verify_origin=lambda said: said == origin)
