"""The whole thread of the job as its people live it: on a desk, on a telephone, without script."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import agreeing, certifying, joining, meeting
from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.browser.stage import Stage, waits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize(
    ("size", "script"),
    [(DESKTOP, True), (PHONE, True), (DESKTOP, False)],
    ids=["desktop", "phone", "without script"],
)
def test_thread(
    live_server: LiveServer, new_page: NewPage, size: tuple[int, int], *, script: bool
) -> None:
    stage = Stage(new_page, live_server.url, size, script=script)
    anna = stage.enter("anna")

    nine_pasted_rows_become_members(anna)
    the_agreement_is_signed_by_all(stage, anna)
    an_obligation_becomes_an_event(stage, anna)
    schools_send_their_children(stage)
    the_day_comes(stage, anna)
    certificates_go_out(stage, anna)


def test_a_new_cluster_is_out_for_signature_after_eight_presses_and_signed_in_two(
    live_server: LiveServer, new_page: NewPage
) -> None:
    stage = Stage(new_page, live_server.url, DESKTOP)
    anna = stage.enter("anna")

    assert agreeing.found_and_send(anna) == 8

    assert agreeing.sign_by_letter(stage.visitor(), agreeing.ADDRESSES[2]) == 2
    anna.reload()
    expect(anna.locator(".signbox .big")).to_have_text("1 из 9")


def test_a_kindergarten_joins_on_a_phone_in_three_screens(
    live_server: LiveServer, new_page: NewPage
) -> None:
    stage = Stage(new_page, live_server.url, PHONE, script=False)
    anna = stage.enter("anna", DESKTOP)
    joining.invite(anna)

    assert joining.join_by_letter(stage.visitor()) == (3, 3)

    anna.goto("/")
    anna.get_by_role("link", name="Кластер", exact=True).first.click()
    anna.get_by_role("link", name="Участники", exact=True).first.click()
    expect(anna.locator("table")).to_contain_text(joining.NAME)


def nine_pasted_rows_become_members(anna: Page) -> None:
    assert waits(anna) == ["members"]
    agreeing.paste_nine_rows(anna)
    assert waits(anna) == ["members"]
    anna.locator("#todo [data-step=members]").click()
    agreeing.mend_rows_five_and_six(anna)
    agreeing.accept_the_rows(anna)
    assert waits(anna) == ["agreement"]


def the_agreement_is_signed_by_all(stage: Stage, anna: Page) -> None:
    agreeing.draw_the_agreement(anna)
    agreeing.override_one_form(anna)
    agreeing.send_the_agreement(anna)
    assert waits(anna) == ["signing"]
    agreeing.open_schools(stage)
    irina = stage.enter("irina")
    assert waits(irina) == ["signing"]
    visitor = stage.visitor()
    for address in agreeing.ADDRESSES[:6]:
        agreeing.sign_by_letter(visitor, address)
    assert waits(irina) == []
    agreeing.six_of_nine(anna)
    for address in agreeing.ADDRESSES[6:]:
        agreeing.sign_by_letter(visitor, address)
    agreeing.in_force_with_number_one(anna)
    assert waits(anna) == ["plan"]


def an_obligation_becomes_an_event(stage: Stage, anna: Page) -> None:
    meeting.plan_an_obligation(anna)
    assert waits(anna) == ["plan", "event"]
    anna.locator("#todo [data-step=event]").click()
    meeting.make_an_event(anna)
    assert waits(anna) == ["announce", "plan"]
    anna.locator("#todo [data-step=announce]").click()
    meeting.announce(anna)
    assert waits(anna) == ["check_in", "plan"]
    meeting.look_from_outside(stage.visitor())


def schools_send_their_children(stage: Stage) -> None:
    irina, oleg, vera = stage.enter("irina"), stage.enter("oleg"), stage.enter("vera")
    meeting.ask_for_seats(irina, 10)
    meeting.hold_seats(irina)
    assert waits(irina) == ["list"]
    irina.locator("#todo [data-step=list]").click()
    meeting.send_the_class(irina)
    assert waits(irina) == ["consents"]
    irina.locator("#todo [data-step=consents]").click()
    meeting.keep_consents(irina, 10)
    assert waits(irina) == []
    meeting.ask_for_seats(vera, 3)
    meeting.ask_for_seats(oleg, 2)
    meeting.hold_seats(oleg)
    meeting.send_the_pair(oleg)
    meeting.keep_consents(oleg, 2)
    meeting.be_refused_and_wait(vera)
    assert waits(vera) == ["queue"]


def the_day_comes(stage: Stage, anna: Page) -> None:
    meeting.check_in(stage.enter_by_phone("igor"), 11)
    meeting.close_the_event(anna)
    assert waits(anna) == ["certificates", "plan"]


def certificates_go_out(stage: Stage, anna: Page) -> None:
    certifying.issue(anna)
    assert certifying.numbers(anna) == list(range(1, 12))
    certifying.take_back(anna)
    certifying.issue(anna)
    assert certifying.numbers(anna) == list(range(12, 23))
    stage.work()
    anna.reload()
    certifying.download_all(anna)
    certifying.check_the_first(anna, stage.visitor())
    irina = stage.enter("irina")
    irina.locator("[data-step=download]").click()
    certifying.download_all(irina)
    assert waits(anna) == ["plan"]
