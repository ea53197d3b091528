"""Addresses of webhooks."""

from django.urls import path

from zveno.webhooks import pages

app_name = "webhooks"
urlpatterns = [
    path("webhooks/", pages.webhooks, name="webhooks"),
    path("webhooks/<uuid:key>/", pages.subscription, name="subscription"),
    path("webhooks/<uuid:key>/off/", pages.switch_off, name="switch_off"),
    path("webhooks/<uuid:key>/on/", pages.switch_on, name="switch_on"),
    path("webhooks/<uuid:key>/end/", pages.end, name="end"),
    path("webhooks/deliveries/<uuid:key>/again/", pages.redeliver, name="redeliver"),
]
