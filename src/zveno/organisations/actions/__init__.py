"""Everything that changes territory, organisations and tables of them."""

from zveno.organisations.actions.card import Card, change_card
from zveno.organisations.actions.entering import (
    enter_organisations,
    enter_part,
    take_back_part,
    undo_import,
)
from zveno.organisations.actions.ground import (
    NotBelow,
    PlaceThere,
    add_districts,
    add_territory,
    lay_ground,
)
from zveno.organisations.actions.history import (
    BadDay,
    BadSuccessors,
    NothingChanges,
    NotThere,
    NotYet,
    Turn,
    Untold,
    note_turn,
    take_turn_back,
)
from zveno.organisations.actions.imports import (
    AtWork,
    bring_organisations,
    choose_columns,
    mend_organisations,
    read_organisations,
    remember_headings,
)
from zveno.organisations.actions.register import (
    InnTaken,
    Passport,
    add_organisation,
    complete_organisation,
    found_organisation,
    pass_on,
)
from zveno.organisations.actions.units import (
    HasParts,
    UnitElsewhere,
    UnitFacts,
    UnitThere,
    add_unit,
    change_unit,
    remove_unit,
)

__all__ = [
    "AtWork",
    "BadDay",
    "BadSuccessors",
    "Card",
    "HasParts",
    "InnTaken",
    "NotBelow",
    "NotThere",
    "NotYet",
    "NothingChanges",
    "Passport",
    "PlaceThere",
    "Turn",
    "UnitElsewhere",
    "UnitFacts",
    "UnitThere",
    "Untold",
    "add_districts",
    "add_organisation",
    "add_territory",
    "add_unit",
    "bring_organisations",
    "change_card",
    "change_unit",
    "choose_columns",
    "complete_organisation",
    "enter_organisations",
    "enter_part",
    "found_organisation",
    "lay_ground",
    "mend_organisations",
    "note_turn",
    "pass_on",
    "read_organisations",
    "remember_headings",
    "remove_unit",
    "take_back_part",
    "take_turn_back",
    "undo_import",
]
