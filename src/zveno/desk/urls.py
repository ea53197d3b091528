"""Addresses of the desk."""

from django.urls import path

from zveno.desk.pages import exports, journal, outbox, palette, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("find/", palette.find, name="find"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:key>/confirm/", exports.confirm, name="confirm_export"),
    path("exports/<uuid:key>/download/", exports.download, name="download_export"),
    path("journal/", journal.journal, name="journal"),
    path("journal/take/", journal.take, name="take_journal"),
    path("journal/<str:kind>/<uuid:key>/", journal.record, name="record"),
]
