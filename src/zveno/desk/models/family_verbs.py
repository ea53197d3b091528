"""What families and schools do about consents, in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OF_FAMILIES: dict[str, "StrPromise"] = {
    "learners.print_sheets": _("Consent sheets printed"),
    "learners.take_scan": _("Scan of consents added"),
    "learners.tie_page": _("Scanned page tied to a child by hand"),
    "learners.drop_page": _("Scanned page erased"),
    "learners.record_answers": _("Answers on paper recorded"),
    "learners.add_guardian": _("Parent entered"),
    "learners.answer_consent": _("Consent given or refused by a parent"),
    "learners.confirm_guardian": _("Parent confirmed"),
    "learners.free_guardian": _("Restriction of a parent lifted"),
    "learners.invite_families": _("Codes for families made"),
    "learners.name_guardian": _("Parent said who they are"),
    "learners.refuse_all": _("All consents withdrawn by a parent"),
    "learners.remind_families": _("Families reminded of consents"),
    "learners.renew_family_link": _("New link for a family made"),
    "learners.restrict_guardian": _("Parent held back"),
    "learners.keep_initials": _("Children kept by initials only"),
    "learners.keep_names": _("Whole names of children kept again"),
    "learners.switch_consents_off": _("Way of taking consents switched off"),
    "learners.switch_consents_on": _("Way of taking consents switched on by an order"),
    "learners.turn_guardian_away": _("Parent removed"),
    "learners.review_grounds": _("Terms of consents reviewed"),
    "learners.withdraw_consent": _("Guardian’s consent withdrawn"),
}
