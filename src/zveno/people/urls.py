"""Addresses of people pages."""

from django.urls import path

from zveno.people.pages import account, doors, tokens

app_name = "people"
DOORS = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-out/", doors.sign_out, name="sign_out"),
]
ACCOUNT = [
    path("account/", account.sign_ins, name="sign_ins"),
    path("account/sign-ins/others/end/", account.end_others, name="end_other_sign_ins"),
    path("account/sign-ins/<uuid:key>/end/", account.end_sign_in, name="end_sign_in"),
]
TOKENS = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<uuid:key>/end/", tokens.end, name="end_token"),
]
urlpatterns = [*DOORS, *ACCOUNT, *TOKENS]
