"""The view and the language: chosen by forms, kept in cookies, no account needed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.ui import languages, looks
from zveno.ui.forms import ViewForm

HOME = "/"


@require_safe
def _show(request: Request) -> HttpResponse:
    """Ask how pages should look; the way back is the page one came from."""
    form = ViewForm(initial=looks.chosen(request.COOKIES))
    return _drawn(request, form, request.headers.get("Referer", ""))


@require_POST
def _keep(request: Request) -> HttpResponse:
    """Keep the view in this browser and go back."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _drawn(request, form, request.POST.get("back", ""))
    response = redirect(_ours(request, request.POST.get("back", "")))
    _remember(response, looks.COOKIE, looks.written(form.cleaned_data))
    return response


def _drawn(request: Request, form: ViewForm, back: str) -> HttpResponse:
    page = {"form": form, "back": _ours(request, back)}
    return render(request, "ui/view.html", page, status=422 if form.errors else 200)


@csrf_exempt  # public pages are kept for all visitors and hold no token; nothing is at stake here
@login_not_required
@require_POST
def language(request: Request) -> HttpResponse:
    """Go on in another language; an unknown one is the house's."""
    name = settings.LANGUAGE_COOKIE_NAME
    response = redirect(_ours(request, request.POST.get("back", "")))
    _remember(response, name, languages.chosen({name: request.POST.get("language", "")}))
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie that scripts may read: the dialog of the view writes it too."""
    response.set_cookie(
        name, value, max_age=looks.YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _ours(request: HttpRequest, address: str) -> str:
    """Return ``address`` if it leads to a page of ours, else home."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else HOME


view = login_not_required(by_method(get=_show, post=_keep))
