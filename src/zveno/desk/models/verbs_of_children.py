"""Verbs about children in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OF_CHILDREN: dict[str, "StrPromise"] = {
    "learners.accept_transfer": _("Child of another organisation taken in"),
    "learners.add_child": _("Child entered"),
    "learners.bring_children": _("List of children uploaded"),
    "learners.bring_table": _("Table of children of many schools uploaded"),
    "learners.change_child": _("Card of a child corrected"),
    "learners.choose_list_columns": _("Columns of a list of children chosen"),
    "learners.conceal": _("Disclosure of children ended"),
    "learners.count_class": _("Number of children in a class entered"),
    "learners.decline_transfer": _("Child of another organisation not taken in"),
    "learners.destroy": _("Data of children destroyed, with an act"),
    "learners.disclose": _("Children disclosed to a host"),
    "learners.draw_act": _("Act of destruction drawn"),
    "learners.enter_children": _("Children entered"),
    "learners.enter_list": _("List of children entered"),
    "learners.enter_list_part": _("Part of a list of children entered"),
    "learners.erase_learner": _("Child erased"),
    "learners.erase_learners": _("Children erased"),
    "learners.give_table": _("Table of children given to the schools"),
    "learners.give_table_part": _("Part of a table of children given to a school"),
    "learners.hold_erasure": _("Erasure stopped for a while"),
    "learners.keep_consents": _("Guardians’ consents recorded"),
    "learners.lift_hold": _("Hold on erasure lifted"),
    "learners.mend_children": _("Rows of a list of children corrected"),
    "learners.offer_transfer": _("Child offered to another organisation"),
    "learners.place_rows": _("Schools of rows of a table chosen"),
    "learners.read_children": _("List of children read"),
    "learners.read_table": _("Table of children read"),
    "learners.subject_file": _("All data of a child downloaded"),
    "learners.take_back_list_part": _("Part of a list of children taken back"),
    "learners.tend_retention": _("Data whose time was over erased"),
    "learners.throw_rows": _("Rows without a school thrown away"),
    "learners.undo_list": _("List of children taken back"),
    "learners.withdraw_transfer": _("Offer of a child taken back"),
}
