"""Letters as their readers get them; only where no letter leaves the machine."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped

SHOWN = 100


@require_safe
@login_not_required
def outbox(request: Request) -> HttpResponse:
    """Show the newest letters and one of them whole. Raises ``NotFound`` in production."""
    if not settings.SAFE_PLACE:
        raise NotFound
    with scoped(SYSTEM):
        letters = list(Letter.objects.visible_to(SYSTEM).order_by("-written_at")[:SHOWN])
    chosen = _chosen(letters, request.GET.get("letter", ""))
    return render(request, "desk/outbox.html", {"letters": letters, "chosen": chosen})


def _chosen(letters: list[Letter], key: str) -> Letter | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return next(iter(letters), None)
    return next((letter for letter in letters if letter.public_id == wanted), None)
