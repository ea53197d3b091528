"""Tokens of one's own posts: made, shown once, ended."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.posts import TokenForm
from zveno.people.models import Post, Token
from zveno.ui.toasts import tell

MOST = 100


@require_safe
def show(request: Request) -> HttpResponse:
    """List one's tokens, and offer to make another."""
    form = TokenForm(_posts(request.actor))
    return render(request, "people/tokens.html", _facts(request.actor) | {"form": form})


@require_POST
def make(request: Request) -> HttpResponse:
    """Make a token and show it this once."""
    with reading(request.actor):
        form = TokenForm(_posts(request.actor), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        post = UUID(given.pop("post"))
        try:
            made = actions.make_token(request.actor, post, **given)
        except BadInput as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            with reading(request.actor):
                return render(request, "people/token_made.html", {"token": made})
    with reading(request.actor):
        facts = _facts(request.actor) | {"form": form}
        return render(request, "people/tokens.html", facts, status=422)


@require_POST
def end(request: Request, key: UUID) -> HttpResponse:
    """End a token."""
    actions.end_token(request.actor, key)
    tell(request, _("The token no longer works."))
    return redirect("people:tokens")


def _posts(actor: Actor) -> list[Post]:
    own = Post.objects.visible_to(actor).filter(person=actor.person).live()
    return list(own.select_related("organisation").order_by("pk"))


def _facts(actor: Actor) -> dict[str, Any]:
    own = Token.objects.visible_to(actor).with_post().order_by("-pk")[:MOST]
    return {"live": [t for t in own if t.is_live], "ended": [t for t in own if not t.is_live]}


tokens = by_method(get=show, post=make)
