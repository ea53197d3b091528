"""Errors a person can act on."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class DomainError(Exception):
    """A refused action: ``code`` is for programs, ``message`` is for the person at the screen.

    The message is translated when it is shown and filled with ``facts``.
    """

    code = "refused"
    status = 409
    message: "StrPromise" = _("This cannot be done now.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        """Say it in the reader's language."""
        return str(self.message) % self.facts


class NotAllowed(DomainError):
    """The actor has no right to do this to that target."""

    code = "not_allowed"
    status = 403
    message = _("You are not allowed to do this. Ask your coordinator who can.")


class NotFound(DomainError):
    """There is no such record, or the actor does not see it: the answer is the same."""

    code = "not_found"
    status = 404
    message = _("There is nothing here.")


class BadInput(DomainError):
    """A value cannot be accepted; ``field`` names the field of the form it belongs to."""

    code = "bad_input"
    status = 422
    message = _("Check the data and try again.")
    field = ""
