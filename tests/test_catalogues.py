"""Every string for people is in a catalogue, translated, and reaches the page."""

from pathlib import Path

import django
import polib
import pytest
from django.utils import translation

from tools import messages
from zveno.ui import catalogues


@pytest.mark.parametrize("room", messages.rooms())
def test_catalogue_of_the_room_is_complete(room: str) -> None:
    assert messages.problems([room]) == []


@pytest.mark.parametrize("source", catalogues.catalogues(), ids=lambda path: path.parts[-5])
def test_no_other_catalogue_speaks_over_the_room(source: Path) -> None:
    catalogues.compile_all()
    with translation.override(messages.LANGUAGE):
        for entry in polib.pofile(str(source)):
            if not entry.msgid_plural:
                assert _said(entry) == entry.msgstr, entry.msgid


def test_no_room_renames_what_django_names() -> None:
    """A word of ours that Django has too («May») would rename its months and days."""
    theirs = polib.pofile(
        str(Path(django.__file__).parent / "conf/locale/ru/LC_MESSAGES/django.po")
    )
    named = {(one.msgctxt, one.msgid): one.msgstr for one in theirs}

    renamed = [
        entry.msgid
        for source in catalogues.catalogues()
        for entry in polib.pofile(str(source))
        if named.get((entry.msgctxt, entry.msgid), entry.msgstr) != entry.msgstr
    ]

    assert renamed == []


def _said(entry: polib.POEntry) -> str:
    if entry.msgctxt:
        return translation.pgettext(entry.msgctxt, entry.msgid)
    return translation.gettext(entry.msgid)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        '{% load i18n ui %}\n  {% translate "One" context "chain" %}\n'
        '<p title="it\'s">{% card _("Two") %}</p>\n'
        "{% blocktranslate count n=n %}{{ n }} child{% plural %}"
        "{{ n }} children{% endblocktranslate %}",
        encoding="utf-8",
    )
    return path


def test_templates_are_read_whole(page: Path) -> None:
    assert set(messages.in_file(page)) == {
        messages.Message("One", "chain"),
        messages.Message("Two"),
        messages.Message("%(n)s child", "", "%(n)s children"),
    }


def test_code_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text('x = _("One") + pgettext_lazy("c", "Two")\ny = ngettext("a", "b %(n)s", 3)\n')

    assert set(messages.in_file(path)) == {
        messages.Message("One"),
        messages.Message("Two", "c"),
        messages.Message("a", "", "b %(n)s"),
    }


def test_merging_keeps_translations_and_drops_what_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    room = tmp_path / "room"
    room.mkdir()
    (room / "code.py").write_text('x = _("Stays"), _("Goes")\n')
    messages.merge("room")
    file = polib.pofile(str(messages.catalogue("room")))
    for entry in file:
        entry.msgstr = f"{entry.msgid} по-русски"
    file.save()
    (room / "code.py").write_text('x = _("Stays"), _("Comes")\n')

    dropped = messages.merge("room")

    merged = {entry.msgid: entry.msgstr for entry in polib.pofile(str(messages.catalogue("room")))}
    assert merged == {"Stays": "Stays по-русски", "Comes": ""}
    assert len(dropped) == 1


@pytest.mark.parametrize(
    ("said", "complaint"),
    [("", "empty"), ("%(count)s мест", "placeholders"), ("%(n)s мест", "")],
)
def test_translation_must_hold_the_placeholders(said: str, complaint: str) -> None:
    entry = polib.POEntry(msgid="%(n)s seats", msgstr=said)

    assert messages.complaint(messages.Message("%(n)s seats"), entry).startswith(complaint)


def test_catalogue_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "ROOMS", tmp_path)
    source = tmp_path / "room" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    file = polib.POFile()
    file.append(polib.POEntry(msgid="One", msgstr="Один"))
    file.save(str(source))

    assert catalogues.compile_all() == [source.with_suffix(".mo")]
    assert catalogues.compile_all() == []
    assert polib.mofile(str(source.with_suffix(".mo")))[0].msgstr == "Один"
