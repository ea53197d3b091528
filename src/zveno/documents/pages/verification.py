"""Verification: anybody who holds a document may ask whether it is genuine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zveno.documents.models import Verification
from zveno.kernel import clock
from zveno.kernel.http import Request

LONGEST = 60
LOOK_ALIKES = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")


@login_not_required
@require_safe
def ask(request: Request) -> HttpResponse:
    """Ask for the code of a document, and lead to what is known of it."""
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "documents/verify.html", {"asked": False})
    code = read_code(typed)
    if not code:
        return render(request, "documents/verify.html", {"asked": False, "unreadable": True})
    return redirect("documents:verification", code)


@login_not_required
@require_safe
def verification(request: Request, code: str) -> HttpResponse:
    """Say whether a document with this code was issued, and whether it is still valid."""
    code = read_code(code)
    claim = Verification.objects.visible_to(request.actor).with_code(code).first()
    facts = {"asked": True, "claim": claim, "code": code, "now": clock.now()}
    return render(request, "documents/verify.html", facts, status=200 if claim else 404)


def read_code(typed: str) -> str:
    """Read a code as people type it: any case, dashes, spaces, Cyrillic look-alikes."""
    letters = typed[:LONGEST].upper().translate(LOOK_ALIKES)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())
