"""Addresses of network pages."""

from django.urls import path

from zveno.network.pages import (
    acceding,
    agreements,
    amending,
    applying,
    budgets,
    calendars,
    checks,
    choosing,
    clusters,
    coming,
    contributions,
    drafts,
    evidence,
    founding,
    gifts,
    joinings,
    lists,
    members,
    memberships,
    offers,
    orders,
    owing,
    passports,
    programmes,
    public,
    regions,
    signing,
    subjects,
    turns,
    wordings,
)

app_name = "network"
CLUSTERS = [
    path("c/new/", founding.new_cluster, name="new_cluster"),
    path("c/<uuid:key>/", clusters.overview, name="cluster"),
    path("c/<uuid:key>/edit/", founding.edit_cluster, name="edit_cluster"),
    path("c/<uuid:key>/calendar/", calendars.calendar, name="calendar"),
    path("c/<uuid:key>/calendar/edit/", calendars.edit_calendar, name="edit_calendar"),
    path("c/<uuid:key>/passport/", passports.passport, name="passport"),
    path("region/", regions.region, name="region"),
    path("region/clusters.<str:kind>", regions.export, name="export_region"),
    path("p/c/<uuid:key>/", public.public_cluster, name="public_cluster"),
]
MEMBERS = [
    path("c/<uuid:key>/members/", members.members, name="members"),
    path("c/<uuid:key>/members/history/", memberships.members_on, name="members_on"),
    path("c/<uuid:key>/members/<uuid:member>/", memberships.membership, name="membership"),
    path("c/<uuid:key>/members/<uuid:member>/role/", memberships.change_role, name="change_role"),
    path(
        "c/<uuid:key>/members/<uuid:member>/end/",
        memberships.end_membership,
        name="end_membership",
    ),
    path("c/<uuid:key>/hand-over/", memberships.hand_over, name="hand_over"),
    path("c/<uuid:key>/members/add/", lists.bring, name="add_members"),
    path("c/<uuid:key>/members/choose/", choosing.choose, name="choose_member"),
    path("c/<uuid:key>/members/lists/<uuid:members>/", lists.member_list, name="member_list"),
    path("c/<uuid:key>/members/lists/<uuid:members>/mend/", lists.mend, name="mend_rows"),
    path(
        "c/<uuid:key>/members/lists/<uuid:members>/columns/",
        lists.choose_columns,
        name="map_columns",
    ),
    path("c/<uuid:key>/members/lists/<uuid:members>/accept/", lists.accept, name="accept_members"),
]
JOINING = [
    path("c/<uuid:key>/joining/", joinings.joinings, name="joinings"),
    path("c/<uuid:key>/joining/invite/", joinings.invite, name="invite_to_join"),
    path("joinings/<uuid:key>/", joinings.joining, name="joining"),
    path("joinings/<uuid:key>/accept/", joinings.accept, name="accept_joining"),
    path("joinings/<uuid:key>/decline/", joinings.decline, name="decline_joining"),
    path("joinings/<uuid:key>/take-back/", joinings.take_back, name="take_joining_back"),
    path("p/c/<uuid:key>/join/", applying.apply, name="apply"),
    path("p/c/<uuid:key>/join/sent/", applying.applied, name="applied"),
    path("join/<str:token>/", coming.join, name="join"),
    path("join/<str:token>/organisation/", coming.facts, name="join_facts"),
    path("join/<str:token>/agree/", coming.agree, name="join_agree"),
    path("join/<str:token>/decline/", coming.decline_by_link, name="decline_by_link"),
]
AGREEMENTS = [
    path("c/<uuid:key>/agreements/", agreements.agreements, name="agreements"),
    path("c/<uuid:key>/agreements/new/", drafts.start_agreement, name="start_agreement"),
    path("c/<uuid:key>/agreements/new/<slug:kind>/", subjects.start_kind, name="start_kind"),
    path("a/<uuid:key>/", agreements.agreement, name="agreement"),
    path("a/<uuid:key>/text/", agreements.agreement_text, name="agreement_text"),
    path(
        "a/<uuid:key>/obligations/",
        agreements.agreement_obligations,
        name="agreement_obligations",
    ),
    path("a/<uuid:key>/obligations/edit/", drafts.edit_obligations, name="edit_obligations"),
    path("a/<uuid:key>/evidence/", evidence.evidence, name="evidence"),
    path("a/<uuid:key>/evidence.<str:kind>", evidence.export, name="export_evidence"),
    path("a/<uuid:key>/terms/", drafts.edit_terms, name="edit_terms"),
    path("a/<uuid:key>/accede/", acceding.accede, name="accede"),
    path("a/<uuid:key>/amend/", amending.amend, name="amend"),
    path("a/<uuid:key>/changes/", amending.edit_amendment, name="edit_amendment"),
    path("a/<uuid:key>/subject/", subjects.edit_subject, name="edit_subject"),
    path("a/<uuid:key>/send/", drafts.send_agreement, name="send_agreement"),
    path("a/<uuid:key>/withdraw/", turns.withdraw, name="withdraw_agreement"),
    path("a/<uuid:key>/terminate/", turns.terminate, name="terminate_agreement"),
    path("a/<uuid:key>/drop/", drafts.drop_agreement, name="drop_agreement"),
]
PARTIES = [
    path("parties/<uuid:key>/", drafts.party, name="party"),
    path("parties/<uuid:key>/link/", signing.renew_link, name="renew_link"),
    path("parties/<uuid:key>/sign/", signing.sign_party, name="sign_party"),
    path("parties/<uuid:key>/scan/", signing.file_scan, name="file_scan"),
    path("parties/<uuid:key>/signatory/", turns.signatory, name="change_signatory"),
    path("parties/<uuid:key>/refuse/", turns.refuse, name="refuse"),
    path("sign/<str:token>/", signing.sign, name="sign"),
    path("sign/<str:token>/refuse/", turns.refuse_by_link, name="refuse_by_link"),
]
OBLIGATIONS = [
    path("c/<uuid:key>/obligations/", owing.obligations, name="obligations"),
    path("c/<uuid:key>/obligations.<str:kind>", owing.export, name="export_obligations"),
    path("o/<uuid:key>/", owing.obligation, name="obligation"),
    path("o/<uuid:key>/report/", owing.report, name="report_obligation"),
    path("fulfilments/<uuid:key>/take-back/", owing.take_back, name="take_back_report"),
]
WORDINGS = [
    path("papers/<uuid:key>/clauses/", wordings.wording, name="wording"),
    path("papers/<uuid:key>/clauses/use/", wordings.use, name="use_wording"),
    path("papers/<uuid:key>/clauses/compare/", wordings.compare, name="compare_wordings"),
]
PROGRAMMES = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes.<str:kind>", programmes.export, name="export_programmes"),
    path("programmes/new/", programmes.new_programme, name="new_programme"),
    path("programmes/options/", budgets.participant_options, name="participant_options"),
    path("programmes/<uuid:key>/", programmes.programme, name="programme"),
    path("programmes/<uuid:key>/edit/", programmes.edit_programme, name="edit_programme"),
    path("programmes/<uuid:key>/money/", budgets.edit_money, name="edit_money"),
    path("programmes/<uuid:key>/participants/", budgets.add_participant, name="add_participant"),
    path("participations/<uuid:key>/end/", budgets.end_participation, name="end_participation"),
]
OFFERS = [
    path("c/<uuid:key>/offers/", offers.offers, name="offers"),
    path("c/<uuid:key>/offers.<str:kind>", offers.export, name="export_offers"),
    path("c/<uuid:key>/offers/new/", offers.new_offer, name="new_offer"),
    path("offers/<uuid:key>/", offers.offer, name="offer"),
    path("offers/<uuid:key>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("interests/<uuid:key>/agree/", offers.agree, name="agree_on"),
    path("interests/<uuid:key>/withdraw/", offers.take_back, name="withdraw_interest"),
]
CONTRIBUTIONS = [
    path("contributions/", contributions.contributions, name="contributions"),
    path("contributions.<str:kind>", contributions.export, name="export_contributions"),
    path("programmes/<uuid:key>/contribute/", gifts.promise, name="promise_contribution"),
    path("contributions/<uuid:key>/", contributions.contribution, name="contribution"),
    path("contributions/<uuid:key>/give/", gifts.give, name="give_contribution"),
    path("contributions/<uuid:key>/confirm/", gifts.confirm, name="confirm_contribution"),
    path("contributions/<uuid:key>/return/", gifts.send_back, name="return_contribution"),
    path("contributions/<uuid:key>/withdraw/", gifts.withdraw, name="withdraw_contribution"),
    path("contributions/<uuid:key>/proof/", gifts.proof, name="proof"),
]
SIGNING = [
    path("papers/<uuid:key>/signing/", orders.signing_orders, name="signing_orders"),
    path("papers/signing/<uuid:key>/off/", orders.switch_off, name="switch_signing_off"),
]
CHECKS = [
    path("august/<uuid:key>/", checks.check, name="check"),
    path("c/<uuid:key>/august/", checks.checks, name="checks"),
    path("c/<uuid:key>/august.<str:kind>", checks.export, name="export_checks"),
    path("c/<uuid:key>/august/ask/", checks.ask, name="ask_to_check"),
]
urlpatterns = [
    *CLUSTERS,
    *MEMBERS,
    *JOINING,
    *AGREEMENTS,
    *PARTIES,
    *OBLIGATIONS,
    *WORDINGS,
    *PROGRAMMES,
    *OFFERS,
    *CONTRIBUTIONS,
    *SIGNING,
    *CHECKS,
]
