"""Addresses of the kit: the view and the language; the gallery in development and tests only."""

from django.conf import settings
from django.urls import path

from zveno.ui.pages import gallery, view

app_name = "ui"
urlpatterns = [
    path("view/", view.view, name="view"),
    path("language/", view.language, name="language"),
]
if settings.SAFE_PLACE:
    urlpatterns += [
        path("ui/", gallery.gallery, name="gallery"),
        path("ui/problems/<slug:name>/", gallery.problem, name="problem"),
        path("ui/bases/<slug:name>/", gallery.base, name="base"),
    ]
