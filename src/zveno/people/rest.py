"""Who a program acts for."""

from datetime import datetime
from typing import Annotated

from ninja import Schema

from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Named, OneOf, Shown
from zveno.people.models import Post, Token

router = Endpoints(tags=["people"])


class TokenShown(Schema):
    """The token that asks: of which post it is, what it may, until when."""

    name: str
    may: Annotated[str, OneOf(Token.May)]
    until: datetime | None
    post: Shown
    role: Annotated[str, OneOf(Post.Role)]
    organisation: Named


@router.shows("/token", TokenShown)
def token(request: Request) -> object:
    """Show whom this token acts for, what it may and until when."""
    rows = Token.objects.visible_to(request.actor).with_post()
    shown = rows.filter(pk=request.actor.credential or 0).first()
    if shown is None:
        raise NotFound
    return {
        "name": shown.name,
        "may": shown.may,
        "until": request.actor.until,
        "post": shown.post,
        "role": shown.post.role,
        "organisation": shown.post.organisation,
    }


routers = (router,)
