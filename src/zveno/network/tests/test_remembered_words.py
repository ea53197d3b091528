"""A name put right once is written like that in the next papers of the same base."""

from datetime import date

import pytest

from zveno.documents.actions import forget_form, remember_form
from zveno.documents.models import Declension
from zveno.kernel.actor import Actor
from zveno.network.actions import Signatory, Terms, put_right, start_agreement
from zveno.network.models import Cluster, Party
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
MAN = {"family_name": "Муравей", "given_name": "Павел", "patronymic": "Ильич"}
NAME = "Муравей Павел Ильич"
SAID = "Муравья Павла Ильича"


class House:
    """A base with two schools and its coordinator, who draws one draft after another."""

    def __init__(self) -> None:
        self.base: Organisation = organisations.college()
        self.cluster: Cluster = make.cluster(self.base)
        school = organisations.school()
        make.member(self.cluster, school)
        people.head(school, **MAN)
        self.clerk: Actor = people.coordinator(self.base)

    def draft(self, title: str) -> Party:
        """Draw a draft; return its party with the name."""
        terms = Terms(title, "Санкт-Петербург", date(2026, 11, 20), date(2029, 11, 20))
        made = start_agreement(self.clerk, self.cluster.public_id, terms=terms, obligations=[])
        found: Party = made.parties.get(signatory=NAME)
        return found

    def write(self, party: Party, form: str) -> None:
        """Put the name of a party right."""
        signatory = Signatory(NAME, "директор", "Устав")
        put_right(self.clerk, party.public_id, signatory=signatory, forms={"person_genitive": form})


def test_what_was_typed_is_written_in_the_next_agreement_without_a_doubt() -> None:
    house = House()

    house.write(house.draft("Первое"), SAID)

    form = house.draft("Второе").form("person_genitive")
    assert (form.text, form.why, form.by_hand) == (SAID, "", False)


def test_what_zveno_would_write_itself_is_not_remembered() -> None:
    house = House()
    party = house.draft("Первое")

    house.write(party, party.form("person_genitive").text)

    assert not Declension.objects.exists()


def test_another_base_does_not_know_of_it() -> None:
    house, other = House(), House()

    house.write(house.draft("Первое"), SAID)

    assert other.draft("Первое").form("person_genitive").text != SAID


def test_forgotten_words_are_left_to_the_engine_again() -> None:
    house = House()
    before = house.draft("Первое").form("person_genitive").text
    row = remember_form(
        house.clerk, house.base.public_id, kind="person", text=NAME, forms={"genitive": SAID}
    )

    forget_form(house.clerk, row.public_id)

    assert house.draft("Второе").form("person_genitive").text == before
