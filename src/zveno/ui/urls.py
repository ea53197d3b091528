"""Addresses of the gallery; mounted in development and tests only."""

from django.urls import path

from zveno.ui import pages

app_name = "ui"
urlpatterns = [
    path("", pages.gallery, name="gallery"),
    path("problems/<slug:name>/", pages.problem, name="problem"),
    path("bases/<slug:name>/", pages.base, name="base"),
]
