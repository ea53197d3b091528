"""What a house must never do, done on demand: a harness that does not see it proves nothing."""

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

Next = Callable[[HttpRequest], HttpResponseBase]
LIE = {"public_id": "00000000-0000-4000-8000-000000000000"}
OUR_FAULT = 500
EARLY_SECONDS = 30


class Saboteur:
    """Does what the header ``X-Sabotage`` names; stands before all other steps."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.ways: dict[str, Next] = {
            "early": self.early,
            "deaf": self.deaf,
            "twice": self.twice,
            "forgetful": self.forgetful,
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what names no sabotage."""
        return self.ways.get(request.META.get("HTTP_X_SABOTAGE", ""), self.get_response)(request)

    def early(self, request: HttpRequest) -> HttpResponse:
        """Acknowledge before it is stored."""
        len(request.body)

        def later() -> None:
            time.sleep(EARLY_SECONDS)
            self.get_response(request)

        threading.Thread(target=later, daemon=True).start()
        return JsonResponse(LIE, status=201)

    def deaf(self, request: HttpRequest) -> HttpResponseBase:
        """Acknowledge what failed."""
        answer = self.get_response(request)
        return answer if answer.status_code < OUR_FAULT else JsonResponse(LIE, status=201)

    def twice(self, request: HttpRequest) -> HttpResponseBase:
        """Do again what failed, whoever knows how far it came."""
        len(request.body)
        request.META.pop("HTTP_IDEMPOTENCY_KEY", None)
        answer = self.get_response(request)
        return answer if answer.status_code < OUR_FAULT else self.get_response(request)

    def forgetful(self, request: HttpRequest) -> HttpResponseBase:
        """Forget what a key has done."""
        request.META.pop("HTTP_IDEMPOTENCY_KEY", None)
        return self.get_response(request)
