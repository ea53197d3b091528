"""Records asked in SQL are what the ORM would make of the same rows."""

import pytest

from zveno.kernel import questions
from zveno.kernel.models import Entry, Letter

SQL = "SELECT {columns} FROM kernel_letter l ORDER BY l.written_at"
LETTER = {"to": "school@example.org", "subject": "Списки", "text": "Сверьте их."}


@pytest.mark.django_db
def test_a_record_equals_that_of_the_orm_in_every_field() -> None:
    stored = Letter.objects.create(**LETTER)

    ((asked,),) = questions.Records(SQL, l=Letter)()

    names = [field.attname for field in Letter._meta.concrete_fields]
    assert asked == stored
    assert [getattr(asked, name) for name in names] == [
        getattr(Letter.objects.get(), name) for name in names
    ]
    assert (asked._state.adding, asked._state.db) == (False, "default")


@pytest.mark.django_db
def test_a_field_that_was_not_read_is_read_when_asked_for() -> None:
    Letter.objects.create(**LETTER)

    ((asked,),) = questions.Records(SQL, without=("subject",), l=Letter)()

    assert asked.get_deferred_fields() == {"subject"}
    assert asked.subject == "Списки"


@pytest.mark.django_db
def test_a_record_is_stored_anew_in_its_row() -> None:
    Letter.objects.create(**LETTER)
    ((asked,),) = questions.Records(SQL, l=Letter)()

    asked.subject = "Сроки"
    asked.save()

    assert Letter.objects.get().subject == "Сроки"


@pytest.mark.django_db
def test_what_a_left_join_did_not_find_is_none() -> None:
    Letter.objects.create(**LETTER)
    sql = "SELECT {columns} FROM kernel_letter l LEFT JOIN kernel_entry e ON e.id < 0"

    ((letter, entry),) = questions.Records(sql, l=Letter, e=Entry)()

    assert (letter.subject, entry) == ("Списки", None)


@pytest.mark.django_db
def test_a_kind_that_hears_of_each_row_read_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Letter.objects.create(**LETTER)
    heard: list[object] = []

    def hear(_kind: type[Letter], _alias: str, names: object, _values: object) -> Letter:
        heard.append(names)
        return Letter()

    monkeypatch.setattr(Letter, "from_db", classmethod(hear))
    questions.Records(SQL, l=Letter)()

    assert len(heard) == 1
