"""Words and tables that programs give: held to the same as what people type and bring."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from zveno.kernel.errors import BadInput
from zveno.kernel.rest import Given
from zveno.ui.inputs import PRINTED, LineField, TextField


@dataclass(frozen=True, slots=True)
class Line:
    """Words that can be printed, up to ``longest`` signs; ``blank`` may be nothing.

    They stand on one line unless they are ``many``.
    """

    longest: int
    blank: bool = False
    many: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Clean words as the field of the pages does."""
        kind = TextField if self.many else LineField
        field = kind(max_length=self.longest, required=not self.blank)
        signs = rf"{PRINTED}\r\n" if self.many else PRINTED

        def clean(value: str) -> str:
            try:
                return str(field.clean(value))
            except ValidationError as error:
                raise ValueError(error.messages) from error

        words = core_schema.str_schema(
            min_length=0 if self.blank else 1, max_length=self.longest, pattern=f"^[{signs}]*$"
        )
        return core_schema.no_info_after_validator_function(clean, words)


Line100 = Annotated[str, Line(100)]
Line200 = Annotated[str, Line(200)]
Line300 = Annotated[str, Line(300)]
Line400 = Annotated[str, Line(400)]
Maybe60 = Annotated[str, Line(60, blank=True)]
Maybe100 = Annotated[str, Line(100, blank=True)]
Maybe200 = Annotated[str, Line(200, blank=True)]
Maybe300 = Annotated[str, Line(300, blank=True)]
Maybe400 = Annotated[str, Line(400, blank=True)]
MaybeText = Annotated[str, Line(4000, blank=True, many=True)]

Cell = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
Pasted = Annotated[str, Field(min_length=1, max_length=2_000_000, pattern=r"^[^\x00]*$")]
File = Annotated[
    str,
    Field(
        min_length=1,
        max_length=20_000_000,
        pattern="^[A-Za-z0-9+/]*={0,2}$",
        json_schema_extra={"contentEncoding": "base64"},
    ),
]
Row = Annotated[str, Field(pattern="^[1-9][0-9]{0,4}$")]
Column = Annotated[str, Field(pattern="^[0-9]{1,3}$")]
"""The number of a row, from 1, and of a column, from 0: keys of a JSON object are text."""


class OneOfTheTwo(BadInput):
    """A table comes as text or as a file."""

    code = "one_of_the_two"
    message = _("Send the table as text or as a file, not both.")
    field = "text"


class TableGiven(Given):
    """A table, pasted (``text``) or as a file in base64 (``file``) with its ``name``."""

    text: Pasted | None = None
    file: File | None = None
    name: Cell = ""

    def source(self) -> dict[str, str]:
        """Return it as the verbs take it; raises ``OneOfTheTwo``."""
        if self.text is not None and self.file is None:
            return {"text": self.text}
        if self.file is not None and self.text is None:
            return {"file": self.file, "name": self.name}
        raise OneOfTheTwo


class MendsGiven(Given):
    """Values by row and field; by row, the fields (or ``row``) that stay as they came."""

    mends: dict[Row, dict[Cell, Cell]] = {}
    kept: dict[Row, list[Cell]] = {}

    def said(self) -> dict[str, Any]:
        """Return them as the verbs take them."""
        return {
            "mends": {int(row): values for row, values in self.mends.items()},
            "kept": {int(row): fields for row, fields in self.kept.items()},
        }
