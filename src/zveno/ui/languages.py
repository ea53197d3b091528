"""The language of the pages: what the visitor chose, else the house's.

What a browser asks for counts for nothing: schools have browsers of any language, and their
pages must be in Russian until somebody chooses.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


def chosen(cookies: Mapping[str, str]) -> str:
    """Return the language a visitor has chosen."""
    asked = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class ChosenLanguage:
    """Let everything of a request be said in the language chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language, and say which it is."""
        request.LANGUAGE_CODE = language = chosen(request.COOKIES)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
