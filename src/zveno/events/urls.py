"""Addresses of events pages."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
