"""A program: it acts by the token of somebody's post."""

from itertools import count
from typing import Any

from django.test import Client

from zveno.organisations.models import Organisation
from zveno.people.models import Account, Post, Token
from zveno.people.tests import make as people

numbers = count(1)
API = "/api/v1"


def token_of(account: Account, may: str = Token.May.WRITE, **changes: Any) -> str:
    """Make a token of the account's first post; return its text."""
    secret = f"zveno_{next(numbers)}_of_a_program"
    people.token(account, secret, may, **changes)
    return secret


class Program:
    """A client of the API; ``headers`` go with every request."""

    def __init__(self, secret: str = "", **headers: str) -> None:
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self.headers |= headers
        self.client = Client(raise_request_exception=False)

    @classmethod
    def of(cls, organisation: Organisation, role: str = Post.Role.COORDINATOR) -> "Program":
        """Make a program of somebody with a role in an organisation."""
        return cls(token_of(people.account(organisation, role)))

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self.client.get(f"{API}{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Do a verb."""
        return self.client.post(
            f"{API}{path}", {} if body is None else body, "application/json",
            headers=self.headers | headers,
        )  # fmt: skip
