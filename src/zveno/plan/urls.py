"""Addresses of plan pages."""

from django.urls import path

from zveno.plan import pages

app_name = "plan"
urlpatterns = [
    path("c/<uuid:key>/plan/", pages.plan, name="plan"),
    path(
        "c/<uuid:cluster>/plan/obligations/<uuid:key>/",
        pages.obligation,
        name="obligation",
    ),
]
