"""Secrets that must be read again: kept under a key made of the secret of the house."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def sealed(secret: bytes) -> str:
    """Encrypt a secret for the database: a stolen backup alone does not open it."""
    return _lock().encrypt(secret).decode()


def unsealed(kept: str) -> bytes | None:
    """Decrypt a secret; nothing if it was sealed by another house or changed."""
    try:
        return _lock().decrypt(kept.encode())
    except InvalidToken:
        return None


def _lock() -> Fernet:
    derive = HKDF(hashes.SHA256(), 32, None, b"zveno.people.seals")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))
