"""Addresses of people pages."""

from django.urls import path

from zveno.people.pages import (
    access,
    account,
    doors,
    elsewhere,
    helping,
    invitations,
    notices,
    password,
    second_step,
    setup,
    tasks,
    team,
    tokens,
)

app_name = "people"
DOORS = [
    path("sign-in/", doors.sign_in, name="sign_in"),
    path("sign-in/second-step/", doors.take_second_step, name="take_second_step"),
    path("sign-in/key/options/", doors.key_options, name="ask_for_key"),
    path("sign-in/key/", doors.sign_in_by_key, name="sign_in_by_key"),
    path("sign-in/elsewhere/", elsewhere.leave, name="elsewhere"),
    path("sign-in/elsewhere/back/", elsewhere.back, name="back_from_elsewhere"),
    path("sign-in/forgotten/", password.forgotten, name="forgotten"),
    path("sign-in/forgotten/asked/", password.asked, name="letter_asked"),
    path("password/<str:token>/", password.choose_password, name="choose_password"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
SETUP = [
    path("setup/<str:token>/", setup.organisation, name="setup"),
    path("setup/<str:token>/place/", setup.place, name="setup_place"),
    path("setup/<str:token>/mail/", setup.mail, name="setup_mail"),
    path("setup/<str:token>/person/", setup.person, name="setup_person"),
]
ACCOUNT = [
    path("account/access/", access.access, name="access"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/", account.sign_ins, name="sign_ins"),
    path("account/sign-ins/others/end/", account.end_others, name="end_other_sign_ins"),
    path("account/sign-ins/<uuid:key>/end/", account.end_sign_in, name="end_sign_in"),
]
TOKENS = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<uuid:key>/end/", tokens.end, name="end_token"),
]
SECOND_STEP = [
    path("account/elsewhere/end/", elsewhere.untie, name="untie_identity"),
    path("account/second-step/", second_step.second_step, name="second_step"),
    path("account/second-step/codes/new/", second_step.prepare, name="prepare_codes"),
    path("account/second-step/codes/", second_step.codes, name="codes"),
    path("account/second-step/codes/end/", second_step.remove_codes, name="remove_codes"),
    path("account/second-step/paper/", second_step.renew_paper, name="renew_paper_codes"),
    path("account/second-step/keys/options/", second_step.key_options, name="key_options"),
    path("account/second-step/keys/", second_step.add_key, name="add_key"),
    path("account/second-step/keys/<uuid:key>/end/", second_step.remove_key, name="remove_key"),
]
TEAM = [
    path("people/", team.own, name="own_team"),
    path("people/<uuid:key>/", team.team, name="team"),
    path("people/<uuid:key>/new/", team.appoint, name="appoint"),
    path("people/posts/<uuid:key>/invite/", team.invite, name="invite"),
    path("people/posts/<uuid:key>/invitation/end/", team.take_back, name="take_invitation_back"),
    path("people/posts/<uuid:key>/help/", helping.help_in, name="help"),
    path("people/posts/<uuid:key>/help/page/", helping.print_page, name="print_recovery"),
    path("people/posts/<uuid:key>/end/", team.end_post, name="end_post"),
    path("people/posts/<uuid:key>/stand-in/", team.stand_in, name="stand_in"),
]
NOTICES = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_notices"),
    path("notices/hearing/", notices.hearing, name="hearing"),
    path("notices/<uuid:key>/open/", notices.open_notice, name="open_notice"),
]
TASKS = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.give, name="give_task"),
    path("tasks/table.<str:kind>", tasks.export, name="export_tasks"),
    path("tasks/<uuid:key>/finish/", tasks.finish, name="finish_task"),
    path("tasks/<uuid:key>/drop/", tasks.drop, name="drop_task"),
    path("tasks/<uuid:key>/reopen/", tasks.reopen, name="reopen_task"),
]
urlpatterns = [*DOORS, *SETUP, *ACCOUNT, *SECOND_STEP, *TEAM, *TOKENS, *NOTICES, *TASKS]
