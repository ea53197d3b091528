"""A draft of an agreement: who its parties are, what they owe, in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import forget_form, remember_form
from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.models import Agreement, Cluster, Membership, Obligation, Party
from zveno.network.models.remembering import given_up, newly_said, recall
from zveno.network.models.wording import BASIS, Owed, names_of, paper_of, read_names, words_of
from zveno.people.models import Post

FEWEST = 2
CASES = ["genitive"]


class NobodyToAgreeWith(DomainError):
    """An agreement has two sides at least."""

    code = "nobody_to_agree_with"
    message = _("The cluster has no members yet. Add them first.")


class LastsNoDay(BadInput):
    """An agreement ends after it begins."""

    code = "lasts_no_day"
    message = _("The agreement must end after its date.")
    field = "valid_until"


class AgreementNotDraft(DomainError):
    """What went out for signature does not change any more."""

    code = "agreement_not_draft"
    message = _("“%(title)s” has been sent for signature: its text no longer changes.")


class NoSuchParty(BadInput):
    """Only a party of the agreement owes anything under it."""

    code = "no_such_party"
    message = _("One of the named organisations is not a party to this agreement.")


class CannotBePrinted(BadInput):
    """The text holds a sign that no printed paper can."""

    code = "cannot_be_printed"
    message = _(
        "The text has a character that cannot be printed, such as an emoji. "
        "Find it in the names or obligations and remove it."
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """The title, the place, and the days from which and until which an agreement lasts."""

    title: str
    place: str
    dated: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party, in what post, by what right, and where the letter goes."""

    name: str
    post: str
    basis: str
    email: str = ""


@action(rules.coordinates, on=Cluster, lock=True)
def start_agreement(
    actor: Actor, cluster: Cluster, *, terms: Terms, obligations: Sequence[Owed]
) -> Agreement:
    """Draw a draft between all who are in the cluster now; their heads sign, upon the charter.

    Asked for the same once more, it returns the draft there is: two clicks draw one. Raises
    ``NobodyToAgreeWith``, ``LastsNoDay`` and ``NoSuchParty``.
    """
    _check(terms)
    members = list(cluster.memberships.live().base_first().select_related("organisation"))
    if len(members) < FEWEST:
        raise NobodyToAgreeWith
    drawn = _drawn_already(cluster, terms, members)
    if drawn:
        return drawn
    paper = Paper.objects.create(owner=cluster.base, content={})
    agreement = Agreement.objects.create(
        cluster=cluster, paper=paper, parties_count=len(members), **_fields(terms)
    )
    parties = _parties(agreement, members)
    _decline(parties)
    Party.objects.bulk_create(parties)
    _owe(agreement, obligations)
    _redraw(agreement)
    return agreement


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_terms(actor: Actor, agreement: Agreement, *, terms: Terms) -> None:
    """Put the title, the place or the days of a draft right.

    Raises ``AgreementNotDraft`` and ``LastsNoDay``.
    """
    _require_draft(agreement)
    _check(terms)
    fields = _fields(terms)
    for name, value in fields.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(fields))
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_obligations(actor: Actor, agreement: Agreement, *, obligations: Sequence[Owed]) -> None:
    """Put other obligations in place of those of a draft.

    Raises ``AgreementNotDraft`` and ``NoSuchParty``.
    """
    _require_draft(agreement)
    agreement.obligations.all().delete()
    _owe(agreement, obligations)
    _redraw(agreement)


@action(rules.coordinates_party, on=Party)
def put_right(
    actor: Actor,
    party: Party,
    *,
    signatory: Signatory,
    forms: Mapping[str, str],
    seen: Mapping[str, str] | None = None,
) -> None:
    """Say who signs for a party of a draft, and how the words of ``Party.FORMS`` are declined.

    What is given counts as looked at by a person, wins over the engine, except the old form of
    a word that changes, and is remembered; an empty one is forgotten and left to the engine.
    ``seen`` are the words and forms the person had before their eyes, if not those of now: sent
    twice, a new name is no old one. Raises ``AgreementNotDraft``.
    """
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    _require_draft(agreement)
    before = words_of(party) | dict(seen or {})
    words = {name: before[word] for name, word in Party.FORMS.items()}
    shown = {name: before[name] for name in Party.FORMS}
    _name(party, signatory)
    party.forms = {
        name: forms[name]
        for name, word in Party.FORMS.items()
        if forms.get(name) and (words[name] == getattr(party, word) or forms[name] != shown[name])
    }
    for row in given_up(party, forms):
        forget_form(actor, row.public_id)
    _decline([party])
    for said in newly_said(party):
        remember_form(actor, agreement.cluster.base.public_id, **said)
    party.save()
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def drop_agreement(actor: Actor, agreement: Agreement) -> None:
    """Throw a draft away, to draw another with whoever is in the cluster then.

    Raises ``AgreementNotDraft``.
    """
    _require_draft(agreement)
    agreement.delete()
    agreement.paper.delete()


def _drawn_already(
    cluster: Cluster, terms: Terms, members: Sequence[Membership]
) -> Agreement | None:
    sides = {member.organisation_id for member in members}
    drafts = cluster.agreements.filter(state=Agreement.State.DRAFT, **_fields(terms))
    for draft in drafts.order_by("pk"):
        if sides == set(draft.parties.values_list("organisation", flat=True)):
            return draft
    return None


def _check(terms: Terms) -> None:
    if terms.valid_until <= terms.dated:
        raise LastsNoDay


def _require_draft(agreement: Agreement) -> None:
    if agreement.state != Agreement.State.DRAFT:
        raise AgreementNotDraft(title=agreement.title)


def _fields(terms: Terms) -> dict[str, str | date]:
    return {
        "title": terms.title,
        "place": terms.place,
        "dated": terms.dated,
        "valid_until": terms.valid_until,
    }


def _parties(agreement: Agreement, members: Sequence[Membership]) -> list[Party]:
    heads = {
        post.organisation_id: post
        for post in Post.objects.live()
        .filter(role=Post.Role.HEAD, organisation__in=[m.organisation_id for m in members])
        .select_related("person")
        .order_by("since")
    }
    return [
        _party(agreement, place, member, heads.get(member.organisation_id))
        for place, member in enumerate(members, start=1)
    ]


def _party(agreement: Agreement, place: int, member: Membership, head: Post | None) -> Party:
    party = Party(
        agreement=agreement, organisation=member.organisation, place=place, role=member.role
    )
    own = head.person.email if head else ""
    email = own or member.organisation.email
    name, post = (str(head.person), head.title) if head else ("", "")
    _name(party, Signatory(name, post, BASIS, email))
    return party


def _name(party: Party, signatory: Signatory) -> None:
    party.signatory, party.email = signatory.name, signatory.email
    party.signatory_post, party.basis = _inside(signatory.post), signatory.basis


def _inside(post: str) -> str:
    """Write a post as inside a sentence, but leave an abbreviation alone."""
    return post if post[1:2].isupper() else post[:1].lower() + post[1:]


def _decline(parties: Sequence[Party]) -> None:
    items = [item for party in parties for item in names_of(party)]
    answers = iter(engines.run("names", {"items": items, "cases": CASES})["items"])
    for party in parties:
        party.declined = read_names(next(answers), next(answers), next(answers))
    recall(parties)


def _owe(agreement: Agreement, obligations: Sequence[Owed]) -> None:
    parties = {party.public_id: party for party in agreement.parties.all()}
    if {owed.party for owed in obligations} - {None, *parties}:
        raise NoSuchParty
    alone = [parties[owed.party] if owed.party else None for owed in obligations]
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement,
            place=place,
            role=party.role if party else owed.role,
            party=party,
            text=owed.text,
            unit=owed.unit,
            planned=owed.planned if owed.unit else 0,
            period=owed.period,
            due=owed.due,
        )
        for place, (owed, party) in enumerate(zip(obligations, alone, strict=True), start=1)
    )


def _redraw(agreement: Agreement) -> None:
    """Put the words together anew; the paper keeps them with the blocks a page shows."""
    parties = agreement.parties.select_related("organisation").order_by("place")
    owed = agreement.obligations.select_related("party__organisation").order_by("place")
    words = paper_of(agreement, list(parties), list(owed))
    try:
        drawn = engines.run("papers", {"draw": words, "formats": ["blocks"]})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal
    Paper.objects.filter(pk=agreement.paper_id).update(
        content={"draw": words, "blocks": drawn["blocks"]}
    )
