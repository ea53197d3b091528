"""Pages of the whole house and a few more, to see what the middleware does to any page."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from zveno.kernel import outbox
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, reading
from zveno.kernel.models import Letter


@login_not_required
def write(request: Request) -> HttpResponse:
    """Write where a page is only read."""
    outbox.post("somebody@example.org", "", "")
    return HttpResponse("written")


@login_not_required
def scope(request: Request) -> HttpResponse:
    """Tell what row-level security was told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT zveno_scope()::text || current_setting('transaction_read_only')")
        return HttpResponse(cursor.fetchone()[0])


@login_not_required
def answer(request: Request) -> HttpResponse:
    """Count letters after a verb: outside of any transaction, then inside ``reading``."""
    before = Letter.objects.count(), connection.in_atomic_block
    with reading(request.actor):
        after = Letter.objects.count(), connection.in_atomic_block
    return HttpResponse(f"{before} {after}")


@login_not_required
def refuse(request: Request) -> HttpResponse:
    """Refuse as a verb does."""
    raise NotAllowed


@login_not_required
def linked(request: Request, token: str) -> HttpResponse:
    """Tell by what means the actor came."""
    return HttpResponse(str(request.actor.means))


@login_not_required
def cached(request: Request) -> HttpResponse:
    """Say how long the answer may be kept."""
    return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})


def closed(request: Request) -> HttpResponse:
    """Say nothing to strangers."""
    return HttpResponse("inside")


urlpatterns = [
    path("try/write/", write),
    path("try/scope/", scope),
    path("try/answer/", answer),
    path("try/refuse/", refuse),
    path("try/cached/", cached),
    path("try/closed/", closed),
    path("try/link/<str:token>/", linked),
    path("", include("zveno.config.urls")),
]
