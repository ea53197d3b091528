"""Addresses of documents pages."""

from django.urls import path

from zveno.documents.pages import verification

app_name = "documents"
urlpatterns = [
    path("v/", verification.ask, name="verify"),
    path("v/<str:code>/", verification.verification, name="verification"),
]
