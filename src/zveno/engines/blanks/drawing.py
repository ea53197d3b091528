"""Forms as one PDF, a page each, whatever the length of their texts."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from zveno.engines import Refusal
from zveno.engines.blanks.model import Form
from zveno.engines.certificates.qr import qr_svg
from zveno.engines.printing import print_pdf

_TEMPLATE = Path(__file__).with_name("blank.typ")


def draw(forms: Sequence[Form]) -> bytes:
    """Draw ``forms`` in their order, tagged; the same forms give the same bytes.

    Refuses (``Refusal``) no forms at all (``no_forms``) and a letter no font has (``unprintable``).
    """
    if not forms:
        raise Refusal("no_forms")
    return print_pdf(_TEMPLATE, [asdict(form) | {"qr": qr_svg(form.code)} for form in forms])
