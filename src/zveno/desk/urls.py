"""Addresses of the desk."""

from django.urls import path

from zveno.desk.pages import journal, outbox, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("journal/", journal.journal, name="journal"),
    path("journal/take/", journal.take, name="take_journal"),
    path("journal/<str:kind>/<uuid:key>/", journal.record, name="record"),
]
