"""Addresses of people pages."""

from django.urls import path

from zveno.people.pages import doors

app_name = "people"
urlpatterns = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-out/", doors.sign_out, name="sign_out"),
]
