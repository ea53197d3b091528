"""Addresses of pages about children."""

from django.urls import path

from zveno.learners.pages import (
    cards,
    consents,
    districts,
    guardians,
    initials,
    lists,
    orders,
    register,
    sheets,
    transfers,
)
from zveno.learners.pages.destruction import destruction
from zveno.learners.pages.holds import hold, lift
from zveno.learners.pages.processing import processing, processing_table
from zveno.learners.pages.retention import retention
from zveno.learners.pages.seen import seen
from zveno.learners.pages.subject import subject_file

app_name = "learners"
urlpatterns = [
    path("learners/processing/", processing, name="processing"),
    path("learners/processing/table.<str:kind>", processing_table, name="processing_table"),
    path("learners/<uuid:key>/destruction/", destruction, name="destruction"),
    path("learners/<uuid:key>/file/", subject_file, name="subject_file"),
    path("learners/retention/", retention, name="retention"),
    path("learners/retention/<uuid:key>/lift/", lift, name="lift_hold"),
    path("learners/", register.own, name="own"),
    path("learners/at/<uuid:key>/", register.register, name="register"),
    path("learners/at/<uuid:key>/class/<int:year>/", register.school_class, name="class"),
    path("learners/at/<uuid:key>/new/", cards.add, name="add"),
    path("learners/at/<uuid:key>/count/", cards.count, name="count"),
    path("learners/at/<uuid:key>/initials/", initials.initials, name="initials"),
    path("learners/at/<uuid:key>/initials/off/", initials.switch_off, name="switch_initials_off"),
    path("learners/at/<uuid:key>/list/", lists.bring, name="bring"),
    path("learners/at/<uuid:key>/many/", districts.bring, name="bring_district"),
    path("learners/many/<uuid:key>/", districts.show, name="district"),
    path("learners/many/<uuid:key>/place/", districts.place, name="place_rows"),
    path("learners/many/<uuid:key>/give/", districts.give, name="give_table"),
    path("learners/many/<uuid:key>/throw/", districts.throw, name="throw_rows"),
    path("learners/at/<uuid:key>/transfers/", transfers.transfers, name="transfers"),
    path("learners/<uuid:key>/transfer/", transfers.offer, name="offer"),
    path("learners/transfers/<uuid:key>/", transfers.take, name="take"),
    path("learners/transfers/<uuid:key>/decline/", transfers.decline, name="decline_transfer"),
    path("learners/transfers/<uuid:key>/withdraw/", transfers.withdraw, name="withdraw_transfer"),
    path("learners/lists/<uuid:key>/", lists.show, name="list"),
    path("learners/lists/<uuid:key>/columns/", lists.columns, name="list_columns"),
    path("learners/lists/<uuid:key>/mend/", lists.mend, name="mend_list"),
    path("learners/lists/<uuid:key>/enter/", lists.enter, name="enter_list"),
    path("learners/lists/<uuid:key>/undo/", lists.undo, name="undo_list"),
    path("learners/lists/<uuid:key>/report.<str:kind>", lists.report, name="list_report"),
    path("learners/<uuid:key>/", cards.card, name="card"),
    path("learners/<uuid:key>/edit/", cards.edit, name="edit"),
    path("learners/consents/", consents.own_consents, name="own_consents"),
    path("learners/at/<uuid:key>/consents/", consents.consents, name="consents"),
    path("learners/at/<uuid:key>/consents/keep/", consents.keep, name="keep_consents"),
    path("learners/at/<uuid:key>/consents/remind/", consents.remind, name="remind_families"),
    path("learners/at/<uuid:key>/consents/codes/", consents.codes, name="family_codes"),
    path("learners/at/<uuid:key>/consents/ways/", orders.orders, name="consent_orders"),
    path(
        "learners/at/<uuid:key>/consents/ways/<str:method>/off/",
        orders.switch_off,
        name="switch_consents_off",
    ),
    path("learners/at/<uuid:key>/consents/sheets/", sheets.print_sheets, name="print_sheets"),
    path("learners/at/<uuid:key>/consents/scans/", sheets.scans, name="scans"),
    path("learners/at/<uuid:key>/consents/answers/", sheets.record, name="record_answers"),
    path("learners/at/<uuid:key>/consents/paper/", sheets.registry, name="paper_registry"),
    path(
        "learners/at/<uuid:key>/consents/paper/table.<str:kind>",
        sheets.registry_table,
        name="paper_registry_table",
    ),
    path("learners/scans/<uuid:key>/", sheets.scan, name="scan"),
    path("learners/scans/<uuid:key>/page.jpg", sheets.picture, name="scan_picture"),
    path("learners/scans/<uuid:key>/erase/", sheets.drop, name="drop_page"),
    path("learners/<uuid:key>/guardians/", guardians.guardians, name="guardians"),
    path("learners/guardians/<uuid:key>/confirm/", guardians.confirm, name="confirm_guardian"),
    path("learners/guardians/<uuid:key>/away/", guardians.turn_away, name="turn_guardian_away"),
    path("learners/guardians/<uuid:key>/link/", guardians.renew_link, name="renew_family_link"),
    path("learners/guardians/<uuid:key>/restrict/", guardians.restrict, name="restrict_guardian"),
    path("learners/guardians/<uuid:key>/free/", guardians.free, name="free_guardian"),
    path("learners/<uuid:key>/seen/", seen, name="seen"),
    path("learners/<uuid:key>/hold/", hold, name="hold"),
]
