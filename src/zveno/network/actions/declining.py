"""Who signs for a party of a draft, and how the words are declined, as a person puts it right."""

from collections.abc import Mapping

from zveno.documents.actions import forget_form, remember_form
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.meanwhile import Words, guarding
from zveno.network import rules
from zveno.network.actions.agreements import _redraw, _require_draft
from zveno.network.actions.parties import Signatory, _decline, _name_signatory
from zveno.network.models import Agreement, Party
from zveno.network.models.drafts import party_of
from zveno.network.models.remembering import given_up, newly_said


@action(rules.coordinates_party, on=Party)
def put_right(
    actor: Actor,
    party: Party,
    *,
    signatory: Signatory,
    forms: Mapping[str, str],
    seen: Words | None = None,
) -> None:
    """Say who signs for a party of a draft, and how the words of ``Party.FORMS`` are declined.

    What is given counts as looked at by a person, wins over the engine, except the old form of
    a word that changes, and is remembered; an empty one is forgotten and left to the engine.
    ``seen`` is what the person had before their eyes: sent twice, a new name is no old one.
    Raises ``AgreementNotDraft`` and ``ChangedMeanwhile``.
    """
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    _require_draft(agreement)
    party.refresh_from_db()
    before = party_of(party) | dict(seen or {})
    with guarding(seen, lambda: party_of(party)):
        _name_signatory(party, signatory)
        party.forms = _given(party, forms, before)
        for row in given_up(party, forms):
            forget_form(actor, row.public_id)
        _decline([party])
    for said in newly_said(party):
        remember_form(actor, agreement.cluster.base.public_id, **said)
    party.save()
    _redraw(agreement)


def _given(party: Party, forms: Mapping[str, str], before: Words) -> dict[str, str]:
    """Keep the forms a person gave, but not the old form of a word that is another now."""
    return {
        name: forms[name]
        for name, word in Party.FORMS.items()
        if forms.get(name) and (before[word] == getattr(party, word) or forms[name] != before[name])
    }
