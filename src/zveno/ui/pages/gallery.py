"""The living page of components: what the kit can do, in every state."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zveno.ui import samples


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; ``?errors`` shows the form as sent with mistakes.

    ``?q=`` is asked by the field that chooses one of many.
    """
    if "q" in request.GET:
        rows = samples.options(request.GET["q"])
        return render(request, "ui/gallery/options.html", {"rows": rows})
    return render(request, "ui/gallery.html", samples.everything(wrong="errors" in request.GET))


@login_not_required
@require_GET
def problem(request: HttpRequest, name: str) -> HttpResponse:
    """Show an error page as a visitor meets it."""
    if name not in samples.PROBLEMS:
        raise Http404
    return render(request, f"{name}.html", status=samples.PROBLEMS[name])


@login_not_required
@require_GET
def base(request: HttpRequest, name: str) -> HttpResponse:
    """Show a base page with something in it."""
    if name not in samples.BASES:
        raise Http404
    return render(request, f"ui/gallery/base_{name}.html", samples.everything(wrong=False))
