"""Consents on paper: printed with a code, scanned, read by the code and confirmed by a person."""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from subprocess import SubprocessError
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import LARGEST, FileEmpty, FileTooLarge, Upload, store_file
from zveno.documents.models import media_type_of
from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotFound
from zveno.learners import rules
from zveno.learners.actions.consents import _take
from zveno.learners.actions.erasing import TooManyAtOnce
from zveno.learners.actions.orders import _order_for
from zveno.learners.actions.subject import FileNotDrawn
from zveno.learners.models import (
    CONSENT_TEXTS,
    Consent,
    ConsentOrder,
    ConsentSheet,
    Learner,
    Method,
    Purpose,
    ScannedPage,
    lasts_until,
    sheet_key,
    signer_for,
)
from zveno.network.actions import NotAScan
from zveno.organisations.models import Organisation
from zveno.ui.inputs import printable

MOST_SHEETS = 300
PATIENCE = 120
Signer = Consent.Signer


class ScanNotRead(BadInput):
    """Pages come as a file that opens, of a size a scanner makes."""

    code = "scan_not_read"
    message = _(
        "The pages cannot be opened: the file is damaged, locked by a password or too large. "
        "Scan them again, up to 100 pages at once."
    )
    field = "file"


class SheetOutdated(DomainError):
    """Nobody agrees to a text that counts no more."""

    code = "sheet_outdated"
    message = _("The text has changed since this sheet was printed. Print a new one to be signed.")


class SheetAnswered(DomainError):
    """A page is tied by hand to a sheet that is still awaited."""

    code = "sheet_answered"
    message = _("This page or this sheet has been dealt with already. Reload the list.")


@dataclass(frozen=True, slots=True)
class Came:
    """How many pages of a scan were tied to a child, have to be by hand, were known before."""

    tied: int
    unread: int
    known: int


@action(rules.answers_for_children, on=Organisation)
def print_sheets(
    actor: Actor, organisation: Organisation, *, learners: Sequence[UUID], purpose: Purpose
) -> bytes:
    """Return sheets to be signed as one PDF, a page a child; who has one out gets the same again.

    Raises ``WayOff``, ``NotFound`` if there is none of the children, ``TooManyAtOnce`` and
    ``FileNotDrawn``.
    """
    _order_for(organisation.pk, Method.PAPER)
    if len(learners) > MOST_SHEETS:
        raise TooManyAtOnce(most=MOST_SHEETS)
    own = Learner.objects.filter(owner=organisation, public_id__in=learners)
    children = list(own.select_related("owner").order_by("name_key", "pk"))
    if not children:
        raise NotFound
    forms = [_form(sheet) for sheet in _sheets(children, purpose)]
    try:
        drawn = engines.run("blanks", {"draw": forms}, seconds=PATIENCE)
    except engines.EngineRefused as refusal:
        raise FileNotDrawn from refusal
    return base64.b64decode(drawn["pdf"])


def _sheets(children: Sequence[Learner], purpose: Purpose) -> list[ConsentSheet]:
    day, text = clock.today(), CONSENT_TEXTS[purpose].sha256
    out = ConsentSheet.objects.out().filter(
        learner__in=[child.pk for child in children], purpose=purpose, text_hash=text
    )
    there = {(sheet.learner_id, sheet.signed_by): sheet for sheet in out.order_by("pk")}
    sheets = []
    for child in children:
        signer = signer_for(child, day)
        sheet = there.get((child.pk, signer)) or ConsentSheet.objects.create(
            learner=child,
            owner_id=child.owner_id,
            purpose=purpose,
            text_hash=text,
            signed_by=signer,
        )
        sheet.learner = child
        sheets.append(sheet)
    return sheets


def _form(sheet: ConsentSheet) -> dict[str, Any]:
    """Put a sheet down as the engine draws it; whoever signs is asked what the law asks for."""
    text = CONSENT_TEXTS[Purpose(sheet.purpose)]
    house = printable(str(sheet.learner.owner))
    title, *rest = text.given_to(house).split("\n\n")
    head, _break, purpose = title.partition("\n")
    signers = {
        Signer.GUARDIAN: gettext("Parent or other legal representative"),
        Signer.CHILD: gettext("Whom the consent is about"),
    }
    must = [signer for signer in signers if sheet.signed_by in {signer, Signer.BOTH}]
    about = [sheet.learner.full_name, sheet.learner.class_label, house]
    return {
        "title": f"{head.capitalize()} {purpose}",
        "about": printable(", ".join(about)),
        "code": sheet.code,
        "short": sheet.short,
        "text": rest,
        "blanks": [
            gettext("Who signs: full name"),
            gettext("Address"),
            gettext("Identity document: kind, number, by whom and when issued"),
            gettext("The child: address and identity document"),
            gettext("Document on the powers of the representative"),
        ],
        "answers": [gettext("I give consent"), gettext("I do not give consent")],
        "signatures": [signers[signer] for signer in must],
        "footer": gettext("Version %(version)s, SHA-256 of the text %(hash)s")
        % {"version": text.version, "hash": text.sha256},
    }


@action(rules.answers_for_children, on=Organisation)
def take_scan(actor: Actor, organisation: Organisation, *, upload: Upload) -> Came:
    """Read the pages of a scan or a photograph and keep each; its code ties it to a child.

    A page that came before is not kept again; a better scan of a sheet takes the place of one
    nobody has looked at. Raises ``WayOff``, ``FileEmpty``, ``FileTooLarge``, ``NotAScan`` and
    ``ScanNotRead``.
    """
    _order_for(organisation.pk, Method.PAPER)
    came = [_keep(actor, organisation, page) for page in _pages(upload)]
    return Came(came.count("tied"), came.count("unread"), came.count("known"))


def _pages(upload: Upload) -> list[dict[str, Any]]:
    if not upload.data:
        raise FileEmpty
    if len(upload.data) > LARGEST:
        raise FileTooLarge
    if not media_type_of(upload.data):
        raise NotAScan
    problem = {"read": base64.b64encode(upload.data).decode()}
    try:
        pages: list[dict[str, Any]] = engines.run("blanks", problem, seconds=PATIENCE)["pages"]
    except (engines.EngineRefused, SubprocessError) as failure:
        raise ScanNotRead from failure
    return pages


def _keep(actor: Actor, house: Organisation, page: dict[str, Any]) -> str:
    image = base64.b64decode(page["image"])
    upload = Upload("consent.jpg", "image/jpeg", image)
    file = store_file(actor, house.public_id, upload=upload, restricted=True)
    if ScannedPage.objects.filter(owner=house, file__sha256=file.sha256).exists():
        file.delete()
        return "known"
    keys = [key for key in map(sheet_key, page["codes"]) if key]
    sheet = ConsentSheet.objects.of_house(house).filter(public_id__in=keys).first()
    if sheet:
        ScannedPage.objects.waiting().filter(sheet=sheet).delete()
    ScannedPage.objects.create(owner=house, file=file, sheet=sheet)
    return "tied" if sheet else "unread"


@action(rules.keeps_page, on=ScannedPage, lock=True)
def tie_page(actor: Actor, page: ScannedPage, *, sheet: UUID) -> None:
    """Say by hand which sheet a page is, whose code could not be read.

    Raises ``NotFound`` for a sheet of somebody else and ``SheetAnswered``.
    """
    found = ConsentSheet.objects.of_house(page.owner).pick(sheet)
    waits = ScannedPage.objects.waiting().filter(sheet=found).exclude(pk=page.pk)
    if page.consent_id or waits.exists() or not _is_out(found):
        raise SheetAnswered
    page.sheet = found
    page.save(update_fields=["sheet"])


def _is_out(sheet: ConsentSheet) -> bool:
    return ConsentSheet.objects.out().filter(pk=sheet.pk).exists()


@action(rules.keeps_page, on=ScannedPage, lock=True)
def drop_page(actor: Actor, page: ScannedPage) -> None:
    """Erase a page that is no consent, with its file. Raises ``SheetAnswered``."""
    if page.consent_id:
        raise SheetAnswered
    page.delete()


@action(rules.answers_for_children, on=Organisation)
def record_answers(
    actor: Actor, organisation: Organisation, *, given: Collection[UUID], refused: Collection[UUID]
) -> int:
    """Note what somebody has read on pages (public ids): consents by paper stand from now on.

    Pages recorded before are passed over. Return how many were noted. Raises ``WayOff`` and
    ``SheetOutdated``.
    """
    order = _order_for(organisation.pk, Method.PAPER)
    rows = ScannedPage.objects.filter(
        owner=organisation,
        sheet__learner__owner=organisation,
        public_id__in=[*given, *refused],
        consent=None,
    )
    pages = list(rows.select_for_update(of=("self",)).select_related("sheet").order_by("pk"))
    for page in pages:
        _record(page, order, refused=page.public_id in refused)
    return len(pages)


def _record(page: ScannedPage, order: ConsentOrder, *, refused: bool) -> None:
    sheet = page.sheet
    if sheet is None or (sheet.is_outdated and not refused):
        raise SheetOutdated
    _take(
        [
            Consent(
                learner_id=sheet.learner_id,
                owner_id=sheet.owner_id,
                purpose=sheet.purpose,
                method=Method.PAPER,
                signed_by=sheet.signed_by,
                order=order,
                refused=refused,
                text_hash=sheet.text_hash,
                expires_on=lasts_until(clock.today()),
            )
        ]
    )
    standing = Consent.objects.filter(learner=sheet.learner_id, purpose=sheet.purpose)
    page.consent = standing.get(guardian=None, withdrawn_at=None)
    page.save(update_fields=["consent"])
