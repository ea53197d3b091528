"""Visitors as they are: outside of the calls they make they see no walled row."""

from typing import Any

from django.test import Client

from zveno.kernel.actor import NOBODY
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people


class Visitor(Client):
    """A client whose POST is not helped by what the test itself may see."""

    def post(self, *args: Any, **details: Any) -> Any:
        """Send a form."""
        with scoped(NOBODY):
            return super().post(*args, **details)


def visitor(organisation: Organisation, role: str = Post.Role.REPRESENTATIVE) -> Visitor:
    """Sign somebody of an organisation in."""
    client = Visitor()
    client.force_login(people.account(organisation, role))
    return client
