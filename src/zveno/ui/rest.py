"""Words that programs give: they go on paper, so they are held to the same as what people type."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from zveno.ui.inputs import PRINTED, LineField


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line that can be printed, up to ``longest`` signs; ``blank`` may be nothing."""

    longest: int
    blank: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Clean words as the field of the pages does."""
        field = LineField(max_length=self.longest, required=not self.blank)

        def clean(value: str) -> str:
            try:
                return str(field.clean(value))
            except ValidationError as error:
                raise ValueError(error.messages) from error

        words = core_schema.str_schema(
            min_length=0 if self.blank else 1, max_length=self.longest, pattern=f"^[{PRINTED}]*$"
        )
        return core_schema.no_info_after_validator_function(clean, words)


Line100 = Annotated[str, Line(100)]
Line200 = Annotated[str, Line(200)]
Line300 = Annotated[str, Line(300)]
Line400 = Annotated[str, Line(400)]
Maybe100 = Annotated[str, Line(100, blank=True)]
Maybe200 = Annotated[str, Line(200, blank=True)]
Maybe300 = Annotated[str, Line(300, blank=True)]
Maybe400 = Annotated[str, Line(400, blank=True)]
