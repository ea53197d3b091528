"""What a list costs a program, over HTTP, in a running Zveno."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection

from bench.sizes import Figure
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.people.models import Account, Post, Token, hashed

ROUNDS, ROUND, LENGTH, SECRET = 8, 40, 50, "zveno_for_the_bench"


def lists(port: int, spent: Callable[[Callable[[], None]], float]) -> Iterator[Figure]:
    """Yield the CPU milliseconds of a list of 50 events, read with a token."""
    with reading(SYSTEM):
        anna = Account.objects.get(sign_in_name="anna")
        post = Post.objects.filter(person=anna.person).live().earliest("pk")
        until = clock.now() + timedelta(days=1)
        Token.objects.create(
            post=post, name="bench", may=Token.May.READ, token_hash=hashed(SECRET), until=until
        )
        for _ in range(LENGTH):
            events.event()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def read(times: int) -> None:
        for _ in range(times):
            connection.request(
                "GET", "/api/v1/events?limit=50", headers={"Authorization": f"Bearer {SECRET}"}
            )
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200 or body.count(b'"public_id"') < LENGTH:  # noqa: PLR2004
                raise RuntimeError("the list is not what it should be")

    read(8)
    # The cheapest round, as in the flows: the others pay for what else the machine does.
    yield (
        "api.list_50.cpu_ms",
        min(spent(lambda: read(ROUND)) for _ in range(ROUNDS)) / ROUND * 1000,
        12,
    )
