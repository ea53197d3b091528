"""The view: what stands on <html>, the dialog, the switch of the language."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zveno.ui import languages, looks
from zveno.ui.templatetags.ui.registry import draw, register


@register.simple_tag(takes_context=True)
def viewattributes(context: Context) -> SafeString:
    """Write the chosen view on the page: <html{% viewattributes %}>."""
    told = looks.attributes(looks.chosen(_cookies(context)))
    return format_html_join("", ' data-{}="{}"', told.items())


@register.inclusion_tag("ui/viewbutton.html")
def viewbutton(style: str = "btn--icon") -> dict[str, object]:
    """Lead to colours and text size: {% viewbutton %}, with words {% viewbutton "" %}.

    A dialog over the page; without script a page of its own.
    """
    return {"style": style}


@register.simple_tag(takes_context=True)
def viewchoices(context: Context) -> SafeString:
    """Offer the aspects of the view as rows of radio buttons: {% viewchoices %}."""
    view = looks.chosen(_cookies(context))
    return _choices(get_language(), tuple(view[one.name] for one in looks.ASPECTS))


@cache
def _choices(_language: str, values: tuple[str, ...]) -> SafeString:
    """Draw them once for a language and a view: nothing else is in them."""
    aspects = list(zip(looks.ASPECTS, values, strict=True))
    return draw(Context(), "ui/viewchoices.html", aspects=aspects)


@register.inclusion_tag("ui/languageswitch.html", takes_context=True)
def languageswitch(context: Context, style: str = "btn btn--ghost") -> dict[str, object]:
    """Offer the other languages, each in its own words: {% languageswitch %}.

    Nothing on a page drawn without a request. In a menu: {% languageswitch "" %}.
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return {}
    here = languages.chosen(request.COOKIES)
    others = [one for one in settings.LANGUAGES if one[0] != here]
    back = request.get_full_path() if request.method == "GET" else request.path
    return {"languages": others, "back": back, "style": style}


def _cookies(context: Context) -> dict[str, str]:
    request = context.get("request")
    return request.COOKIES if isinstance(request, HttpRequest) else {}
