"""Ways to sign: what a party may sign by, its form, and taking what was typed or chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zveno.kernel.actor import Actor, Means
from zveno.kernel.http import Request
from zveno.network import actions
from zveno.network.forms.agreements import ScanForm
from zveno.network.forms.signing import SignatureFileForm, SimpleForm
from zveno.network.models import Method, Party, SigningOrder
from zveno.people.models import (
    Account,
    Bound,
    CodeKey,
    SessionStore,
    bound_of_password,
    count_attempt,
    forgive_attempts,
    late_words,
)

TITLES = {
    Method.SIMPLE: _("In Zveno"),
    Method.DETACHED: _("Signature file"),
    Method.SCAN: _("Scan"),
}
TEMPLATES = {method: f"network/sign_by_{method}.html" for method in Method}


@dataclass(frozen=True, slots=True)
class Ways:
    """By which methods a party may sign here, the first one first, and which is chosen.

    ``elsewhere`` if it could sign in Zveno, were its head signed in.
    """

    methods: list[Method]
    chosen: Method
    codes: bool = False
    elsewhere: bool = False

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the page shows of them."""
        return {
            "method": self.chosen,
            "ways": [(str(one), TITLES[one], one is self.chosen) for one in self.methods],
            "way": TEMPLATES[self.chosen],
            "elsewhere": self.elsewhere,
        }


def ways_of(request: Request, party: Party) -> Ways:
    """Return by what a party may sign: on paper always, electronically by its own orders."""
    orders = SigningOrder.objects.visible_to(request.actor).live()
    ordered = set(
        orders.filter(organisation=party.organisation_id).values_list("method", flat=True)
    )
    in_person = request.actor.means is Means.ACCOUNT
    open_now = {Method.SCAN.value} | (ordered if in_person else ordered - {Method.SIMPLE})
    methods = [method for method in TITLES if method in open_now]
    asked = [method for method in methods if method == request.GET.get("by")]
    chosen = (asked or methods)[0]
    elsewhere = not in_person and Method.SIMPLE in ordered
    return Ways(methods, chosen, chosen is Method.SIMPLE and _codes(request.actor), elsewhere)


def _codes(actor: Actor) -> bool:
    return CodeKey.objects.visible_to(actor).filter(confirmed_at__isnull=False).exists()


def blank(ways: Ways, party: Party) -> Form:
    """Return the form as it first appears."""
    if ways.chosen is Method.SIMPLE:
        text = party.agreement.original
        return SimpleForm(codes=ways.codes, initial={"sha256": text.sha256 if text else ""})
    return SignatureFileForm() if ways.chosen is Method.DETACHED else ScanForm()


def filled(request: Request, ways: Ways) -> Form:
    """Return the form with what was sent."""
    if ways.chosen is Method.SIMPLE:
        return SimpleForm(request.POST, codes=ways.codes)
    return sent_file(request, SignatureFileForm if ways.chosen is Method.DETACHED else ScanForm)


def sent_file(request: Request, form: type[ScanForm]) -> ScanForm:
    """Return a form with a file; a body beyond the limit arrives without it."""
    sent = str(request.META.get("CONTENT_LENGTH", ""))
    return form(request.POST, request.FILES, sent=int(sent) if sent.isdecimal() else 0)


def late(request: Request, form: Form) -> datetime | None:
    """Count a password as a guess before it is looked at; say so in the form of who is late."""
    if not isinstance(form, SimpleForm):
        return None
    again = count_attempt([_bound(request)])
    if again:
        form.add_error(None, late_words(again))
    return again


def _bound(request: Request) -> Bound:
    row = cast("SessionStore", request.session).sign_in
    return bound_of_password(cast("Account", request.user).pk, str(row.public_id) if row else "")


@require_POST
def take(request: Request, key: UUID, form: Form) -> None:
    """Sign a party by what was typed or chosen."""
    signs: dict[type[Form], Callable[[Request, UUID, Any], object]] = {
        ScanForm: _by_scan,
        SignatureFileForm: _by_file,
        SimpleForm: _in_zveno,
    }
    signs[type(form)](request, key, form)


@require_POST
def _by_scan(request: Request, key: UUID, form: ScanForm) -> None:
    actions.sign_by_scan(request.actor, key, upload=form.upload())


@require_POST
def _by_file(request: Request, key: UUID, form: ScanForm) -> None:
    actions.sign_by_file(request.actor, key, upload=form.upload())


@require_POST
def _in_zveno(request: Request, key: UUID, form: SimpleForm) -> None:
    given, row = form.cleaned_data, cast("SessionStore", request.session).sign_in
    proof = actions.Proof(given["password"], given.get("code", ""), row.public_id if row else None)
    actions.sign_in_zveno(request.actor, key, sha256=given["sha256"], proof=proof)
    forgive_attempts(_bound(request), [])
