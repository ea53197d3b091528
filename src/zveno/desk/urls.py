"""Addresses of the desk."""

from django.urls import path

from zveno.desk.pages import outbox, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("outbox/", outbox.outbox, name="outbox"),
]
