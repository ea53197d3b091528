"""Channels carry notices; ``settings.ZVENO_CHANNELS`` names them, a plug-in may add its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from zveno.kernel import outbox
from zveno.people.models.persons import Account


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel carries: words and one address, which does or opens exactly that job."""

    subject: str
    text: str
    address: str
    button: str
    about: str


class Channel(Protocol):
    """A way to reach somebody; ``carry`` runs in a transaction and must not wait for a network."""

    name: str | Promise

    def carry(self, account: Account, message: Message) -> None:
        """Hand ``message`` over to be sent later."""


class Mail:
    """Letters through the outbox, to the address of the account or else of the person."""

    name = _("by email")

    def carry(self, account: Account, message: Message) -> None:
        """Write a letter with one link."""
        person = account.person
        to = account.email or (person.email if person else "")
        text = f"{message.text}\n\n{message.button}:\n{message.address}\n"
        outbox.post(to, message.subject, text, about=message.about)


@cache
def channels() -> Mapping[str, Channel]:
    """Return the channels of this installation by their keys."""
    return {key: import_string(path)() for key, path in settings.ZVENO_CHANNELS.items()}
