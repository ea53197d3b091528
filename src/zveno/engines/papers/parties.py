"""Who concludes a paper: the preamble's paragraphs and the blocks to sign in."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from zveno.engines.names import Basis, Case, Gender, Organisation, Post, decline, signature
from zveno.engines.papers.model import Party

_CALLED = {
    Gender.MASCULINE: "именуемый",
    Gender.FEMININE: "именуемая",
    Gender.NEUTER: "именуемое",
}
_ACTING = {Gender.MASCULINE: "действующего", Gender.FEMININE: "действующей"}
_SIGN_HERE = "________________"
_DATE = "«____» ______________ 20___ г."
_SEAL = "М. П."


def preamble(parties: Sequence[Party]) -> tuple[str, ...]:
    """Write one paragraph a party, each ending in a comma; those of one role share its name."""
    paragraphs: list[str] = []
    for _role, same_role in groupby(parties, key=lambda party: party.role):
        paragraphs += _of_one_role(list(same_role))
    return tuple(paragraphs)


def _of_one_role(parties: list[Party]) -> list[str]:
    introduced = [_introduced(party) for party in parties]
    last = parties[-1]
    if len(parties) == 1:
        name = f"{forms(last)['called']} в дальнейшем «{last.role}»"
    else:
        name = f"именуемые в дальнейшем «{last.roles or last.role}»"
    return [*introduced[:-1], f"{introduced[-1]} {name},"]


def _introduced(party: Party) -> str:
    form = forms(party)
    return (
        f"{party.organisation} в лице {form['post_genitive']} {form['person_genitive']}, "
        f"{form['acting']} на основании {form['basis_genitive']},"
    )


def forms(party: Party) -> dict[str, str]:
    """Work out every declined word of a party; those it brings itself win."""
    post, person, basis, organisation = decline(
        [Post(party.post), party.person, Basis(party.basis), Organisation(party.organisation)],
        [Case.GENITIVE],
    )
    gender = party.gender or organisation.gender or Gender.NEUTER
    found = {
        "post_genitive": _without_capital(post.forms[Case.GENITIVE].text),
        "person_genitive": person.forms[Case.GENITIVE].text,
        "basis_genitive": basis.forms[Case.GENITIVE].text,
        "called": _CALLED[gender],
        "acting": _ACTING.get(person.gender or Gender.MASCULINE, ""),
        "post": party.post[:1].upper() + party.post[1:],
        "signature": signature(party.person),
    }
    return found | {key: text for key, text in party.forms.items() if text}


def _without_capital(post: str) -> str:
    """Write a post small inside a sentence, but leave an abbreviation («СПб») alone."""
    return post if post[1:2].isupper() else post[:1].lower() + post[1:]


def signature_blocks(parties: Iterable[Party]) -> tuple[tuple[str, ...], ...]:
    """Write the lines of every party's block: role, name, requisites, post, place to sign."""
    return tuple(_signature_block(party) for party in parties)


def _signature_block(party: Party) -> tuple[str, ...]:
    form = forms(party)
    sign_here = f"{_SIGN_HERE} {form['signature']}"
    return (
        party.role,
        party.organisation,
        *party.requisites,
        form["post"],
        sign_here,
        _DATE,
        _SEAL,
    )
