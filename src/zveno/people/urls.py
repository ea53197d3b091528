"""Addresses of people pages."""

from django.urls import path

from zveno.people import pages

app_name = "people"
urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-out/", pages.sign_out, name="sign_out"),
]
