"""Addresses of pages and of what they load, made once for the same name and keys."""

from functools import cache, lru_cache

from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.templatetags.static import static as address_of_file
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape

from zveno.ui.templatetags.ui.registry import register

REMEMBERED = 8192

_made = lru_cache(REMEMBERED, typed=True)(
    lambda name, keys: reverse(name, args=keys)  # what is raised is not remembered
)


class _Address(URLNode):
    """Django's tag, whose search among all patterns is a tenth of what a page costs."""

    def render(self, context: Context) -> str:
        """Return the address; keep it in the variable named after "as" instead, if there is one."""
        keys = tuple(one.resolve(context) for one in self.args)
        try:
            address: str = _made(self.view_name.resolve(context), keys)
        except NoReverseMatch:
            if not self.asvar:
                raise
            address = ""
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address)


@register.tag
def url(parser: Parser, token: Token) -> _Address:
    """Write the address of a page: {% url "events:event" event.public_id %}, also "as" a name."""
    node = parsed(parser, token)
    if node.kwargs:
        raise ValueError(token.contents)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
@cache
def static(path: str) -> str:
    """Write the address of a file of ours: {% static "ui/css/base.css" %}."""
    return address_of_file(path)
