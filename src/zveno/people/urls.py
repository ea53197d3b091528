"""Addresses of people pages."""

from django.urls import path

from zveno.people.pages import account, doors, invitations, notices, team, tokens

app_name = "people"
DOORS = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
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
TEAM = [
    path("people/", team.own, name="own_team"),
    path("people/<uuid:key>/", team.team, name="team"),
    path("people/<uuid:key>/new/", team.appoint, name="appoint"),
    path("people/posts/<uuid:key>/invite/", team.invite, name="invite"),
    path("people/posts/<uuid:key>/invitation/end/", team.take_back, name="take_invitation_back"),
    path("people/posts/<uuid:key>/end/", team.end_post, name="end_post"),
    path("people/posts/<uuid:key>/stand-in/", team.stand_in, name="stand_in"),
]
NOTICES = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_notices"),
    path("notices/hearing/", notices.hearing, name="hearing"),
    path("notices/<uuid:key>/open/", notices.open_notice, name="open_notice"),
]
urlpatterns = [*DOORS, *ACCOUNT, *TEAM, *TOKENS, *NOTICES]
