"""Toasts: what was done, in a sentence, and the way to take it back."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def tell(request: HttpRequest, words: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, words)


def tell_with_undo(request: HttpRequest, words: str, undo: str) -> None:
    """Say on the next page what was done, with a button that posts to ``undo``."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}")


def warn(request: HttpRequest, words: str) -> None:
    """Say on the next page what could not be done."""
    messages.error(request, words)
