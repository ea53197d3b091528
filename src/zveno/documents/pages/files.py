"""Stored files, sent to whoever may read them, never shown inside the site."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zveno.documents.models import StoredFile
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.ui.saving import saved


@require_safe
def file(request: Request, key: UUID) -> HttpResponse:
    """Send a file to whoever is signed in and may read it."""
    return _send(request.actor, key)


@login_not_required
@require_safe
def linked_file(request: Request, token: str, key: UUID) -> HttpResponse:  # noqa: ARG001 - by it the actor came
    """Send a file that the link lists."""
    return _send(request.actor, key)


def _send(actor: Actor, key: UUID) -> HttpResponse:
    stored = StoredFile.objects.visible_to(actor).pick(key)
    return saved(stored.name, stored.media_type, bytes(stored.data))
