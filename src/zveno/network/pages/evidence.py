"""The evidence sheet of an agreement: who signed how, and whether it is still this text."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.models import Agreement, Method, Party
from zveno.network.pages.agreements import frame
from zveno.ui.faces import Face
from zveno.ui.sheets import TYPES, attached

SAME = Face(gettext_lazy("The same text"), "ok", "check")
OTHER = Face(gettext_lazy("Another text"), "bad", "warn")
BY_SHEET = Face(gettext_lazy("By an accession sheet"), "", "doc")
WAITS = Face(gettext_lazy("Not signed"), "", "clock")
HEADS = (
    gettext_lazy("Party"),
    gettext_lazy("Signatory"),
    gettext_lazy("Post"),
    gettext_lazy("Basis"),
    gettext_lazy("Signed"),
    gettext_lazy("Method"),
    gettext_lazy("How"),
    gettext_lazy("SHA-256 of the signed file"),
    gettext_lazy("Today"),
    gettext_lazy("SHA-256 of the scan or signature"),
)
THROUGH = {
    "link": gettext_lazy("By the link from the letter"),
    "account": gettext_lazy("Signed in: %(who)s"),
    "paper": gettext_lazy("Came on paper, attached by: %(who)s"),
}
STEPS = {
    "": gettext_lazy("Password entered again"),
    "code": gettext_lazy("Password and a code of the second step entered again"),
    "key": gettext_lazy("Password entered again, signed in by a passkey"),
}
DIGESTS = {
    "matches": gettext_lazy("Signature file made over this file: %(algorithm)s"),
    "unread": gettext_lazy("The digest in the file could not be compared: %(algorithm)s"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A party, how it signed in words, and whether that was over the text there is now."""

    party: Party
    how: list[str]
    face: Face


@require_safe
def evidence(request: Request, key: UUID) -> HttpResponse:
    """Show who signed by which method, and compare the hashes with the bytes of today."""
    facts = frame(request.actor, key)
    text = _text(request.actor, facts["agreement"])
    facts |= {"text": text, "today": clock.now()}
    facts |= {"intact": bool(text and text.hash_now == text.sha256)}
    facts["lines"] = [_line(side.party, text) for side in facts["sides"]]
    return render(request, "network/evidence.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over the sheet as a table. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    facts = frame(request.actor, key)
    text = _text(request.actor, facts["agreement"])
    lines = [_line(side.party, text) for side in facts["sides"]]
    return attached("evidence", kind, HEADS, map(_cells, lines))


def _text(actor: Actor, agreement: Agreement) -> StoredFile | None:
    original = agreement.original
    if original is None:
        return None
    files = StoredFile.objects.visible_to(actor).hashed_now().without_bytes()
    return files.pick(original.public_id)


def _line(party: Party, text: StoredFile | None) -> Line:
    if not party.signed_at:
        return Line(party, [], WAITS)
    if party.joined_by_id:
        return Line(party, list(_how(party)), BY_SHEET)
    same = text is not None and text.hash_now == party.signed_hash
    return Line(party, list(_how(party)), SAME if same else OTHER)


def _how(party: Party) -> Iterator[str]:
    said = {"who": "", "device": "", "algorithm": "", **party.evidence}
    through = THROUGH.get(said.get("through", ""))
    if through:
        yield str(through) % said
    if party.method == Method.SIMPLE:
        yield str(STEPS.get(said.get("second_step", ""), STEPS[""]))
    if "signed_in" in said:
        yield _("Browser: %(device)s, signed in on %(signed_in)s") % said
    if "digest" in said:
        yield str(DIGESTS[said["digest"]]) % said
    if "order" in said:
        yield _("By order %(order)s") % said


def _cells(line: Line) -> tuple[object, ...]:
    party = line.party
    signed = f"{localtime(party.signed_at):%d.%m.%Y %H:%M}" if party.signed_at else ""
    return (
        *(party, party.signatory, party.signatory_post, party.basis),
        *(signed, party.get_method_display(), "; ".join(line.how)),
        *(party.signed_hash, line.face.text, party.scan.sha256 if party.scan else ""),
    )
