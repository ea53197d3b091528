"""Addresses of documents pages."""

from django.urls import path

from zveno.documents.pages import files, verification

app_name = "documents"
urlpatterns = [
    path("files/<uuid:key>/", files.file, name="file"),
    path("sign/<str:token>/files/<uuid:key>/", files.linked_file, name="linked_file"),
    path("v/", verification.ask, name="verify"),
    path("v/<str:code>/", verification.verification, name="verification"),
]
