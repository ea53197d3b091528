"""The file of one child: everything held, to read and for machines."""

import base64
import io
import json
import zipfile
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.learners import rules
from zveno.learners.models import Learner, Part, held_about, looks_part
from zveno.ui.inputs import printable

READABLE, MACHINES = "data.pdf", "data.json"


class FileNotDrawn(DomainError):
    """The engine could not draw the readable part."""

    code = "file_not_drawn"
    message = gettext_lazy("The file could not be drawn. Try again in a minute.")


@action(rules.may_have_file, on=Learner)
def subject_file(actor: Actor, learner: Learner) -> bytes:
    """Return a ZIP of everything held about the child: a PDF to read, JSON for machines.

    Raises ``FileNotDrawn``.
    """
    parts = [*held_about(actor, learner), looks_part(learner)]
    try:
        drawn = engines.run("papers", {"draw": _paper(learner, parts), "formats": ["pdf"]})
    except engines.EngineRefused as refusal:
        raise FileNotDrawn from refusal
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(READABLE, base64.b64decode(drawn["pdf"]))
        archive.writestr(MACHINES, json.dumps(_plain(parts), ensure_ascii=False, indent=1))
    return packed.getvalue()


def _plain(parts: list[Part]) -> dict[str, Any]:
    told = {part.label: list(part.values) for part in parts}
    return {"made_at": clock.now().isoformat(), **told}


def _paper(learner: Learner, parts: list[Part]) -> dict[str, Any]:
    fields: dict[str, str] = {}
    return {
        "title": gettext("Personal data held about a child"),
        "subtitle": gettext("Federal Law 152-FZ, article 14"),
        "date": f"{clock.today():%d.%m.%Y}",
        "place": str(learner.owner),
        "sections": [_section(number, part, fields) for number, part in enumerate(parts)],
        "fields": fields,
    }


def _section(number: int, part: Part, fields: dict[str, str]) -> dict[str, Any]:
    """Put a part down as a table; a single row stands upright. Words wait in ``fields``.

    So nothing that somebody typed is taken for a field of the paper.
    """
    upright = len(part.rows) == 1
    heads = (gettext("What"), gettext("Data")) if upright else part.heads
    rows = list(zip(part.heads, part.rows[0], strict=True)) if upright else part.rows
    if not rows:
        return {"title": part.title, "clauses": [{"text": gettext("There is nothing here.")}]}
    cells = [
        [_field(fields, f"f{number}_{line}_{place}", cell) for place, cell in enumerate(row)]
        for line, row in enumerate(rows)
    ]
    count = gettext("Records: %(count)s") % {"count": len(part.rows)}
    table = {"header": list(heads), "rows": cells}
    return {"title": part.title, "clauses": [{"text": count, "table": table}]}


def _field(fields: dict[str, str], name: str, cell: str) -> str:
    fields[name] = printable(cell)
    return f"{{{name}}}"
