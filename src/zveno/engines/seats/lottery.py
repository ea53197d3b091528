"""Numbers anyone can draw again from the published seed."""

import hashlib


def number(seed: str, applicant: str) -> str:
    """Return the lottery number: SHA-256 of seed, line feed and id; the smaller goes first."""
    return hashlib.sha256(f"{seed}\n{applicant}".encode()).hexdigest()
