"""Pages of agreements: the list of a cluster, signatures, text, obligations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network import actions, rules
from zveno.network.models import (
    Agreement,
    Assignment,
    Cluster,
    Kind,
    Obligation,
    OwnTemplate,
    Party,
)
from zveno.network.models.full_texts import Excerpt, excerpts, telling_of
from zveno.network.pages import amending, faces, owing, preview, reviewing
from zveno.network.pages.open import is_stranger, may
from zveno.ui.faces import Face

OVER = (Agreement.State.EXPIRED, Agreement.State.TERMINATED, Agreement.State.RENEWED)


@dataclass(frozen=True, slots=True)
class Side:
    """A party as the table of signatures shows it."""

    party: Party
    face: Face
    yours: bool


@require_safe
def agreements(request: Request, key: UUID) -> HttpResponse:
    """List the agreements of a cluster that the visitor may see; ``?kind=`` and ``?q=`` choose."""
    actor = request.actor
    cluster = Cluster.objects.visible_to(actor).select_related("territory").pick(key)
    found = list(
        Agreement.objects.visible_to(actor)
        .filter(cluster=cluster)
        .select_related("number__book")
        .order_by("-dated", "-pk")
    )
    kinds = {one.kind for one in found}
    asked = request.GET.get("kind", "")
    chosen = [one for one in found if asked not in kinds or one.kind == asked]
    facts = {
        "cluster": cluster,
        "outside": is_stranger(actor, cluster),
        "any": found,
        "agreements": _told(actor, chosen, request.GET.get("q", "").strip()),
        "kinds": [kind for kind in Kind.choices if kind[0] in kinds],
        "may_start": may(actions.start_agreement, actor, cluster),
    }
    return render(request, "network/agreements.html", facts)


def _told(
    actor: Actor, chosen: list[Agreement], words: str
) -> list[tuple[Agreement, Face, Excerpt]]:
    """Keep what tells of ``words``, each with where it does."""
    told: dict[int, Excerpt] = {one.pk: [] for one in chosen}
    if words:
        rows = Agreement.objects.visible_to(actor).filter(pk__in=told)
        told = excerpts(actor, telling_of(rows, words), words)
    return [(one, faces.STATES[one.state], told[one.pk]) for one in chosen if one.pk in told]


@require_safe
def agreement(request: Request, key: UUID) -> HttpResponse:
    """Show who has signed and whom the agreement waits for."""
    facts = frame(request.actor, key)
    parties = [side.party for side in facts["sides"]]
    facts |= {
        "waiting": [party for party in parties if not party.signed_at],
        "yours": next((side.party for side in facts["sides"] if side.yours), None),
        "today": clock.today(),
        "assignments": list(Assignment.objects.visible_to(request.actor).of(facts["agreement"])),
        "told": facts["agreement"].shape.in_words(facts["agreement"].facts),
        "over": facts["agreement"].state in OVER,
        "now_in_force": "now" if facts["agreement"].state == Agreement.State.IN_FORCE else "",
        "may_end": _may_end(request.actor, facts["agreement"]),
        **_around(request.actor, facts["agreement"]),
    }
    return render(request, "network/agreement.html", facts)


def _may_end(actor: Actor, shown: Agreement) -> bool:
    in_force = shown.state == Agreement.State.IN_FORCE
    may = in_force and not shown.shape.part
    return may and actions.terminate_agreement.allowed(actor, shown)


def _around(actor: Actor, shown: Agreement) -> dict[str, Any]:
    """Return the agreement this one is a part of, if the actor sees it, and its own parts."""
    seen = Agreement.objects.visible_to(actor)
    papers = seen.filter(parent=shown).order_by("dated", "pk")
    begins = shown.state == Agreement.State.IN_FORCE and not shown.cluster.is_closed
    admits = begins and shown.shape.admits
    amends = begins and not shown.shape.part
    return {
        "above": seen.filter(pk=shown.parent_id).first() if shown.parent_id else None,
        "papers": [(paper, faces.STATES[paper.state]) for paper in papers],
        "may_renew": _may_renew(actor, shown),
        "may_join": admits and actions.start_accession.allowed(actor, shown),
        "may_amend": amends and actions.start_amendment.allowed(actor, shown),
    }


def _may_renew(actor: Actor, shown: Agreement) -> bool:
    found = Agreement.objects.visible_to(actor).to_renew().filter(pk=shown.pk)
    return actions.renew_agreement.allowed(actor, shown) and found.exists()


@require_safe
def agreement_text(request: Request, key: UUID) -> HttpResponse:
    """Show the text as it will be printed, with the declined names marked while it is a draft."""
    facts = frame(request.actor, key)
    parties = [side.party for side in facts["sides"]]
    blocks = facts["agreement"].paper.content["blocks"]
    facts["blocks"] = preview.blocks(blocks, parties if facts["may_change"] else [])
    facts |= amending.text_facts(request, facts["agreement"])
    facts["names"] = preview.names(parties)
    if facts["may_change"]:
        base, kind = facts["agreement"].cluster.base, facts["agreement"].kind
        facts["template"] = OwnTemplate.objects.visible_to(request.actor).in_use(base, kind)
    return render(request, "network/agreement_text.html", facts)


@require_safe
def agreement_obligations(request: Request, key: UUID) -> HttpResponse:
    """Show what the parties owe and how much of it is done."""
    facts = frame(request.actor, key)
    owed = (
        Obligation.objects.visible_to(request.actor)
        .filter(agreement=facts["agreement"])
        .select_related("agreement", "party__organisation")
        .order_by("place")
    )
    facts["lines"] = owing.lines_of(owed)
    return render(request, "network/agreement_obligations.html", facts)


def frame(actor: Actor, key: UUID) -> dict[str, Any]:
    """Return what all pages of an agreement show."""
    shown = (
        Agreement.objects.visible_to(actor)
        .select_related("cluster__base", "cluster__territory", "number__book")
        .select_related("paper__pdf", "paper__docx", "wording", "template")
        .defer("wording__text", "paper__content", "paper__pdf__data", "paper__docx__data")
        .pick(key)
    )
    draft = shown.state == Agreement.State.DRAFT
    parties = (
        Party.objects.visible_to(actor)
        .filter(agreement=shown)
        .select_related("organisation", "scan", "joined_by")
        .defer("scan__data")
        .order_by("place")
    )
    coordinates = rules.coordinates_agreement(actor, shown)
    return {
        "agreement": shown,
        "state": faces.STATES[shown.state],
        "draft": draft,
        "awaited": shown.state == Agreement.State.OUT_FOR_SIGNATURE,
        "coordinates": coordinates,
        "may_change": draft and coordinates,
        "sides": [_side(actor, party, shown, draft=draft) for party in parties],
        "unready": [party for party in parties if not party.can_sign],
        **(reviewing.history(actor, shown) if draft else {}),
    }


def _side(actor: Actor, party: Party, of: Agreement, *, draft: bool) -> Side:
    awaited = of.state == Agreement.State.OUT_FOR_SIGNATURE and not party.signed_at
    yours = awaited and actions.sign_by_scan.allowed(actor, party)
    return Side(party, faces.of_party(party, draft=draft, yours=yours), yours)
