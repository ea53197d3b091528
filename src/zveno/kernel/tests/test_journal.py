"""The journal: keys and never values, added to and never changed, sealed in a chain."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from zveno.kernel import journal
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Entry, Record, Seal, journal_key
from zveno.kernel.tests import make
from zveno.kernel.walls import scoped

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CANARY = "Канарейкина Арина"


def anybody(actor: Actor, target: Entry) -> bool:
    return True


@action(anybody, on=Entry)
def rename(actor: Actor, target: Entry, *, name: str, other: Entry | None = None) -> None:
    """Note details: one a value, one a record."""


@action(anybody, on=Entry)
def beget(actor: Actor, target: Entry) -> Entry:
    return make.target()


def raw() -> str:
    """Read all of the journal's table as text, whatever its columns are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(kernel_entry)::text FROM kernel_entry")
        return json.dumps(json.loads(cursor.fetchone()[0]), ensure_ascii=False)


def test_value_given_to_a_verb_is_nowhere_in_the_journal() -> None:
    rename(make.actor(), make.target().public_id, name=CANARY)

    assert '"name": null' in raw()
    assert not [word for word in CANARY.split() if word in raw()]


def test_record_given_to_a_verb_is_noted_by_its_key() -> None:
    other = make.target()

    rename(make.actor(), make.target().public_id, name=CANARY, other=other)

    assert Entry.objects.latest("pk").details == {"name": None, "other": str(other.pk)}


def test_entry_tells_who_did_what_to_what_in_whose_name() -> None:
    actor, own = make.actor(), make.target()

    rename(actor, own.public_id, name="")

    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.means, entry.organisation) == ("kernel.rename", "account", make.OURS)
    assert (entry.target_kind, entry.target_key) == ("kernel.Entry", str(own.pk))


def test_entry_names_what_was_created() -> None:
    beget(make.actor(), make.target().public_id)

    entry = Entry.objects.get(verb="kernel.beget")
    created = Entry.objects.exclude(pk=entry.pk).latest("pk")
    assert (entry.created_kind, entry.created_key) == ("kernel.Entry", str(created.pk))


def test_person_who_acts_is_named_by_a_pseudonym() -> None:
    actor = make.actor(person=424242)

    rename(actor, make.target().public_id, name="")

    key = Entry.objects.latest("pk").actor_key
    assert len(key) == 32
    assert "424242" not in key


def test_people_and_children_are_pseudonymous_and_their_keys_are_not_shared() -> None:
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Record) and kind.PSEUDONYMOUS]

    labels = {kind._meta.label for kind in kinds}
    keys = {journal_key(kind, 7) for kind in kinds}

    assert {"people.Person", "learners.Learner"} <= labels
    assert len(keys) == len(kinds)
    assert all(len(key) == 32 for key in keys)


def test_pseudonym_needs_the_secret(settings: object) -> None:
    (kind,) = [kind for kind in apps.get_models() if kind._meta.label == "learners.Learner"]
    before = journal_key(kind, 7)

    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]

    assert journal_key(kind, 7) != before


@pytest.mark.parametrize("table", ["kernel_entry", "kernel_seal"])
@pytest.mark.parametrize("change", ["UPDATE {} SET public_id = public_id", "DELETE FROM {}"])
def test_role_that_serves_requests_cannot_change_the_journal(table: str, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_each_entry_is_sealed_once() -> None:
    for _ in range(3):
        rename(make.actor(), make.target().public_id, name="")
    entries = Entry.objects.count()

    assert [journal.seal(), journal.seal()] == [entries, 0]
    assert list(Seal.objects.order_by("place").values_list("place", flat=True)) == list(
        range(1, entries + 1)
    )


def test_untouched_journal_has_no_faults() -> None:
    rename(make.actor(), make.target().public_id, name="")
    journal.seal()

    assert not list(journal.faults())


def test_command_says_that_the_journal_holds() -> None:
    rename(make.actor(), make.target().public_id, name="")
    journal.seal()

    said = StringIO()
    call_command("check_journal", stdout=said)

    assert f"{Seal.objects.count()} entries" in said.getvalue()


def tamper(statements: list[str]) -> None:
    """Change the journal as somebody with the owner's password would."""
    second = Seal.objects.get(place=2).entry
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"second": second})


TAMPERING = {
    "edited": (
        ["UPDATE kernel_entry SET verb = 'kernel.nothing' WHERE public_id = %(second)s"],
        "the entry of seal 2 was changed",
    ),
    "moved in time": (
        ["UPDATE kernel_entry SET at = at - interval '1 day' WHERE public_id = %(second)s"],
        "the entry of seal 2 was changed",
    ),
    "cut": (
        ["DELETE FROM kernel_entry WHERE public_id = %(second)s"],
        "the entry of seal 2 is missing",
    ),
    "cut with its seal": (
        [
            "DELETE FROM kernel_entry WHERE public_id = %(second)s",
            "DELETE FROM kernel_seal WHERE place = 2",
        ],
        "seal 2 is missing",
    ),
    "reordered": (
        [
            "UPDATE kernel_seal SET place = 10 WHERE place = 2",
            "UPDATE kernel_seal SET place = 2 WHERE place = 3",
            "UPDATE kernel_seal SET place = 3 WHERE place = 10",
        ],
        "the entry of seal 2 was changed",
    ),
}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("tampering", TAMPERING)
def test_chain_tells_where_it_was_tampered_with(tampering: str) -> None:
    statements, told = TAMPERING[tampering]
    for _ in range(4):
        rename(make.actor(), make.target().public_id, name="")
    with transaction.atomic(), scoped(SYSTEM):
        journal.seal()

    tamper(statements)

    assert list(journal.faults()) == [told]
    with pytest.raises(CommandError, match=told):
        call_command("check_journal")


def test_command_compares_with_a_mark_kept_outside() -> None:
    rename(make.actor(), make.target().public_id, name="")
    journal.seal()
    kept = journal.root()

    call_command("check_journal", root=str(kept), stdout=StringIO())
    with pytest.raises(CommandError, match="not the one"):
        call_command("check_journal", root=f"{kept.place}:{'0' * 64}")
    with pytest.raises(CommandError, match="the journal ends at"):
        call_command("check_journal", root=f"{kept.place + 1}:{kept.mark}")
    with pytest.raises(CommandError, match="PLACE:MARK"):
        call_command("check_journal", root="twelve")


def test_entry_that_comes_late_is_sealed_by_the_thorough_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal, "LATE", 1)
    first = make.target()
    for _ in range(3):
        rename(make.actor(), make.target().public_id, name="")
    Seal.objects.create(place=1, entry=Entry.objects.latest("pk").public_id, mark="")

    assert journal.seal() == 0
    assert journal.seal(all_of_it=True) > 0
    assert Seal.objects.filter(entry=first.public_id).exists()
