"""Sheets that leave the house: each row says who took it and when."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Watermark:
    """Whose copy a sheet is: the name stands at its end, the code in each row."""

    name: str
    code: str
    moment: datetime

    def __str__(self) -> str:
        """Say it in a sentence."""
        when = date_format(localtime(self.moment), "j E Y, H:i")
        return _("Downloaded by %(name)s, %(when)s. Copy %(code)s.") % {
            "name": self.name,
            "when": when,
            "code": self.code,
        }


def sheet(heads: Sequence[str], rows: Iterable[Sequence[object]], mark: Watermark) -> bytes:
    """Write a table that spreadsheets open by two clicks, no cell of it a formula."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow([*heads, _("Code of the copy")])
    table.writerows([*map(_harmless, row), mark.code] for row in rows)
    table.writerow([_harmless(mark)])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text
