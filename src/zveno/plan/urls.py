"""Addresses of plan pages."""

from django.urls import path

from zveno.plan.pages import (
    approvals,
    clashes,
    copying,
    feeds,
    items,
    obligations,
    plans,
    sections,
    tables,
    taking,
    terms,
    wishes,
    wishing,
)

app_name = "plan"
urlpatterns = [
    path("c/<uuid:key>/plan/", plans.plan, name="plan"),
    path("c/<uuid:key>/plan.<str:kind>", plans.export, name="export"),
    path("c/<uuid:key>/plan/sections/", sections.sections, name="sections"),
    path("c/<uuid:key>/plan/approval/", approvals.approval, name="approval"),
    path("c/<uuid:key>/plan/print/", approvals.draw_up, name="print"),
    path("c/<uuid:key>/plan/clashes/", clashes.clashes, name="clashes"),
    path("c/<uuid:key>/plan/copy/", copying.copy, name="copy"),
    path("c/<uuid:key>/plan/term/", terms.term, name="term"),
    path("c/<uuid:key>/plan/feed/", feeds.feed, name="feed"),
    path("c/<uuid:key>/plan/feed/close/", feeds.close, name="close_feed"),
    path("feed/<str:token>/plan.ics", feeds.calendar, name="calendar"),
    path("c/<uuid:key>/plan/wishes/", wishes.wishes, name="wishes"),
    path("c/<uuid:key>/plan/wishes.<str:kind>", wishes.export, name="export_wishes"),
    path("plan/wishes/<uuid:key>/plan/", wishes.plan_it, name="plan_wish"),
    path("plan/wishes/<uuid:key>/decline/", wishes.decline, name="decline_wish"),
    path("plan/wishers/<uuid:key>/letter/", wishes.renew, name="renew_wish_link"),
    path("plan/wishers/<uuid:key>/shut/", wishes.shut, name="end_wish_link"),
    path("wish/<str:token>/", wishing.wish, name="wish"),
    path("wish/<str:token>/<uuid:key>/back/", wishing.take_back, name="take_wish_back"),
    path("c/<uuid:key>/plan/table/", tables.bring, name="bring"),
    path("c/<uuid:key>/plan/tables/<uuid:table>/", tables.table, name="table"),
    path("c/<uuid:key>/plan/tables/<uuid:table>/mend/", tables.mend, name="mend_rows"),
    path(
        "c/<uuid:key>/plan/tables/<uuid:table>/columns/", tables.choose_columns, name="map_columns"
    ),
    path("c/<uuid:key>/plan/tables/<uuid:table>/enter/", tables.enter, name="enter"),
    path("c/<uuid:key>/plan/new/", items.new, name="new"),
    path(
        "c/<uuid:cluster>/plan/obligations/<uuid:key>/",
        obligations.obligation,
        name="obligation",
    ),
    path("plan/items/<uuid:key>/", items.item, name="item"),
    path("plan/items/<uuid:key>/edit/", items.edit, name="edit"),
    path("plan/items/<uuid:key>/cancel/", items.cancel, name="cancel"),
    path("plan/items/<uuid:key>/restore/", items.restore, name="restore"),
    path("plan/items/<uuid:key>/take/", taking.take, name="take"),
    path("plan/items/<uuid:key>/settle/", clashes.settle, name="settle"),
    path("plan/items/<uuid:key>/leave/", clashes.leave, name="leave"),
    path("plan/items/<uuid:key>/report/", items.report, name="report"),
]
