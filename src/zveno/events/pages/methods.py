"""One address, two functions: one shows a form, the other takes it."""

from collections.abc import Callable

from django.http import HttpResponse

from zveno.kernel.http import Request

Page = Callable[..., HttpResponse]


def by_method(*, get: Page, post: Page) -> Page:
    """Answer a POST with ``post`` and anything else with ``get``."""

    def answer(request: Request, **keys: object) -> HttpResponse:
        return (post if request.method == "POST" else get)(request, **keys)

    return answer
