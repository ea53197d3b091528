"""What is wrong with an uploaded template, in words: what, where, how to mend it."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kernel import engines
from zveno.kernel.errors import BadInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SECONDS = 30
FAULTS: Mapping[str, "StrPromise"] = {
    "broken_braces": gettext_lazy(
        "Braces are not closed. A field is written {{ name }}, a tag {% … %}."
    ),
    "forbidden": gettext_lazy(
        "%(tag)s is not understood. Only fields, for … in …, if, else, endif and endfor are."
    ),
    "no_such_field": gettext_lazy(
        "There is no field “%(field)s”. Take one from the list of fields on this page."
    ),
    "close": gettext_lazy("There is no field “%(field)s”. Did you mean “%(close)s”?"),
    "list_in_text": gettext_lazy(
        "“%(field)s” is a list. Go over it: {%%p for line in … %%}, {{ line }}, {%%p endfor %%}, "
        "each in a paragraph of its own."
    ),
    "not_a_list": gettext_lazy("“%(field)s” is not a list. Write it as a field, in {{ }}."),
    "list_in_list": gettext_lazy(
        "A list inside a list must be a part of the outer one. Close the outer list first."
    ),
    "name_taken": gettext_lazy("“%(name)s” is a field already. Choose another word after “for”."),
    "unclosed": gettext_lazy("%(tag)s is not closed. Add endfor or endif after it."),
    "unopened": gettext_lazy("%(tag)s closes nothing. Delete it, or add its beginning above."),
    "other_place": gettext_lazy(
        "%(tag)s must stand as its beginning does: in the same paragraph, or with the same p or "
        "tr and in the same table."
    ),
    "stands_apart": gettext_lazy(
        "%(tag)s must stand alone: with p in a paragraph of its own, with tr in a row of its own."
    ),
    "not_told": gettext_lazy(
        "The drawn paper lacks what nobody may sign without: “%(field)s”. Add it."
    ),
}
REFUSALS: Mapping[str, "StrPromise"] = {
    "file_too_large": gettext_lazy("The file is larger than 5 MB. Make its pictures smaller."),
    "unpacks_too_large": gettext_lazy("The file unpacks to too much. Save it in Word anew."),
    "packed_too_tightly": gettext_lazy("The file unpacks to too much. Save it in Word anew."),
    "too_many_entries": gettext_lazy("The file has too many parts. Save it in Word anew."),
    "unsafe_archive": gettext_lazy(
        "The file is built as no editor does, so it was not opened. Save it in Word anew."
    ),
    "encrypted": gettext_lazy("The file is protected by a password. Save it without one."),
    "unsupported_format": gettext_lazy(
        "This is not a DOCX. Open it in Word and save it as “Word Document (.docx)”."
    ),
    "empty": gettext_lazy("The file is empty. Choose another."),
    "damaged": gettext_lazy("The file cannot be read. Open it in Word and save it anew."),
    "macros": gettext_lazy("The file holds macros. Save it as .docx, without macros."),
    "remote_content": gettext_lazy(
        "The file takes something from another place: a linked picture, template or table. Insert "
        "it into the document, or break the link. Links to web pages and e-mail may stay."
    ),
    "embedded": gettext_lazy(
        "The file holds an embedded object or another document. Replace it with text or a picture."
    ),
    "unsupported_part": gettext_lazy(
        "The file holds a chart, a diagram, a video or another such part. Replace it with a "
        "picture in PNG or JPEG."
    ),
    "tracked_changes": gettext_lazy(
        "The file holds tracked changes. In Word: Review, “Accept all changes”, then save."
    ),
    "has_comments": gettext_lazy(
        "The file holds comments. In Word: Review, “Delete all comments”, then save."
    ),
    "text_box": gettext_lazy(
        "The file holds a text box. Put its words into ordinary paragraphs or a table."
    ),
    "footnotes": gettext_lazy("The file holds footnotes. Put their words into the text."),
    "hidden_text": gettext_lazy("The file holds hidden text. Show it or delete it."),
    "field_code": gettext_lazy(
        "The file holds a Word field that is not allowed: %(field)s. Page numbers and contents "
        "may stay."
    ),
    "unsupported_picture": gettext_lazy("Pictures must be PNG or JPEG. Replace the others."),
    "picture_data": gettext_lazy(
        "A picture tells where and by what it was taken. Save it as PNG and insert it anew."
    ),
    "bad_character": gettext_lazy(
        "The text has a character that cannot be printed: %(character)s. Delete it."
    ),
    "unprintable": gettext_lazy("The text has letters that cannot be printed: %(characters)s."),
    "broken_tags": gettext_lazy(
        "Zveno could not fill the template. Type the tags of lists and conditions anew, as in the "
        "template to begin from."
    ),
    "too_heavy": gettext_lazy("The template takes too long to fill. Make it simpler."),
}


class TemplateUnclear(BadInput):
    """An agreement cannot be drawn with this file: each fault is told with its paragraph."""

    code = "template_unclear"
    field = "file"

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(faults=[*found])
        self.found = found

    def __str__(self) -> str:
        """Say all that is wrong."""
        return " ".join(self.found)


def asked(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Ask ``engines.templates``. Raises ``TemplateUnclear`` for a file it cannot use."""
    try:
        return engines.run("templates", problem, seconds=SECONDS)
    except engines.EngineRefused as refusal:
        raise TemplateUnclear([_refused(refusal.facts)]) from refusal
    except subprocess.SubprocessError as stopped:
        raise TemplateUnclear([str(REFUSALS["too_heavy"])]) from stopped


def _refused(facts: Mapping[str, Any]) -> str:
    """Say why a file was not taken at all."""
    known = {"field": "", "character": "", "characters": "", **facts}
    return str(REFUSALS.get(facts["reason"], REFUSALS["damaged"])) % known


def in_words(faults: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say each fault once, with the words of its paragraph."""
    return list(dict.fromkeys(map(_said, faults)))


def _said(fault: Mapping[str, Any]) -> str:
    facts = {"tag": "", "field": "", "close": "", "name": "", **fault["facts"]}
    code = "close" if fault["code"] == "no_such_field" and facts["close"] else fault["code"]
    text = str(FAULTS[code])
    words = text % facts if "%(" in text else text.replace("%%", "%")
    if not fault["place"]:
        return words
    return _("Paragraph “%(place)s”. %(words)s") % {"place": fault["place"], "words": words}
