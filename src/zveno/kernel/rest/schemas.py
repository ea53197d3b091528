"""What goes over the wire in every room: shapes that are shown, and shapes that are given."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Choices
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
)
from pydantic_core import CoreSchema, core_schema

Item = TypeVar("Item")
MOST = 200
EARLIEST, LATEST = 2000, 2100


def _is_text(value: Any) -> Any:
    """Refuse numbers where a moment is written: they would be taken for seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("write it as text")  # noqa: TRY004 - pydantic tells refusals by this one
    return value


def _is_near(value: date) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise ValueError("too far away")
    return value


def _is_email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("no e-mail address") from error
    return value


Key = Annotated[UUID, BeforeValidator(_is_text)]
"""A public id."""
Moment = Annotated[AwareDatetime, BeforeValidator(_is_text), AfterValidator(_is_near)]
"""A moment with its offset: 2026-11-28T10:00:00+03:00."""
Day = Annotated[date, BeforeValidator(_is_text), AfterValidator(_is_near)]
"""A day: 2026-11-28."""


Email = Annotated[
    str,
    Field(max_length=254, json_schema_extra={"format": "email"}),
    AfterValidator(_is_email),
]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the choices of a field of a model, or nothing where it may be ``blank``."""

    choices: type[Choices]
    blank: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Write the choices down where they stand: two kinds of ``State`` are not one."""
        return core_schema.literal_schema([*self.choices.values, *([""] * self.blank)])


class Shown(BaseModel):
    """A record as it is shown, read straight from it; what is computed needs ``Computed``."""

    model_config = ConfigDict(from_attributes=True)

    public_id: UUID


class Computed(Shown, Schema):
    """A record some fields of which are asked of methods, or of ``resolve_…`` of the schema."""


class Named(Shown):
    """What another record is named by."""

    name: str


class Given(Schema):
    """What is given in the body of a request; nothing else may stand there."""

    model_config = ConfigDict(extra="forbid")

    def told(self) -> dict[str, Any]:
        """Return the fields that were given, as JSON has them."""
        return self.model_dump(mode="json", include=self.model_fields_set)


class Asked(Schema):
    """Which part of a list is asked for; rooms add by what to choose.

    ``LOOKUPS`` tells which field of the rows a choice is compared with.
    """

    LOOKUPS: ClassVar[dict[str, str]] = {}
    after: UUID | None = Field(None, description="`next` of the part before")
    limit: int = Field(50, ge=1, le=MOST)

    def chosen(self) -> dict[str, Any]:
        """Return what the rows are chosen by."""
        given = self.model_dump(include=set(self.LOOKUPS), exclude_none=True)
        return {self.LOOKUPS[name]: value for name, value in given.items()}


class Listed(Schema, Generic[Item]):
    """A part of a list; ``next`` goes into ``after`` for the following one, null at the end."""

    items: list[Item]
    next: UUID | None


class Answered(Schema):
    """The key of what a request made."""

    public_id: UUID


class Fault(Schema):
    """What is wrong with a value of the request."""

    where: list[str]
    detail: str


class Difference(Schema):
    """A field of ``seen`` that somebody has changed since, and what it is now."""

    field: str
    now: Any


class Problem(Schema):
    """A refusal (RFC 9457): ``code`` for programs, ``detail`` for people in their language.

    ``changed_meanwhile`` tells the ``difference``, and when it was saved (``changed_at``).
    """

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    faults: list[Fault] = []
    difference: list[Difference] = []
    changed_at: datetime | None = None
