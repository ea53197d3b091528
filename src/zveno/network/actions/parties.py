"""The parties of a draft: who signs for them, and how that is declined."""

from collections.abc import Sequence
from dataclasses import dataclass

from zveno.kernel import engines
from zveno.network.actions.sides import Seats, Share
from zveno.network.models import Agreement, Party, YearCheck
from zveno.network.models.remembering import recall
from zveno.network.models.wording import BASIS, names_of, read_names
from zveno.people.models import Post

CASES = ["genitive"]


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party, in what post, by what right, and where the letter goes."""

    name: str
    post: str
    basis: str
    email: str = ""


def _parties_of(agreement: Agreement, seats: Seats) -> list[Party]:
    """Make the parties of an agreement: their heads sign, upon what they said or the charter."""
    bases = YearCheck.objects.confirmed().filter(organisation__in=[one for one, _share in seats])
    known = dict(bases.reverse().values_list("organisation", "basis"))
    heads = {
        post.organisation_id: post
        for post in Post.objects.live()
        .filter(role=Post.Role.HEAD, organisation__in=[one for one, _share in seats])
        .select_related("person")
        .order_by("since")
    }
    return [
        _party(
            Party(
                agreement=agreement,
                organisation=one,
                place=place,
                basis=known.get(one.pk, BASIS),
            ),
            share,
            heads.get(one.pk),
        )
        for place, (one, share) in enumerate(seats, start=1)
    ]


def _party(party: Party, share: Share, head: Post | None) -> Party:
    _take(party, share)
    own = head.person.email if head else ""
    email = own or party.organisation.email
    name, post = (str(head.person), head.title) if head else ("", "")
    _name_signatory(party, Signatory(name, post, party.basis, email))
    return party


def _take(party: Party, share: Share) -> None:
    """Write down which side a party is and what it does."""
    party.role, party.part = share.side, share.part
    party.gives, party.licence = share.gives, share.licence


def _name_signatory(party: Party, signatory: Signatory) -> None:
    """Write down who signs for a party."""
    party.signatory, party.email = signatory.name, signatory.email
    party.signatory_post, party.basis = _inside(signatory.post), signatory.basis


def _inside(post: str) -> str:
    """Write a post as inside a sentence, but leave an abbreviation alone."""
    return post if post[1:2].isupper() else post[:1].lower() + post[1:]


def _decline(parties: Sequence[Party]) -> None:
    """Let the engine decline who signs; what somebody has written before wins."""
    items = [item for party in parties for item in names_of(party)]
    answers = iter(engines.run("names", {"items": items, "cases": CASES})["items"])
    for party in parties:
        party.declined = read_names(next(answers), next(answers), next(answers))
    recall(parties)
