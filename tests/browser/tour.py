"""A tour of every address there is, each with an object of the demonstration and who sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser.grounds import Grounds
from tests.world import entrance_of, present
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network.models import Agreement
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post
from zveno.people.tests import make
from zveno.ui import samples

CLASS = "Фамилия и имя\tКласс\nКлимов Роман\t7Б\nРыбаков М.\t17Б\n"
NOBODY = ""
INVITED = "an-invitation-that-came-by-letter"
SETUP = "a-link-printed-at-the-first-start"
RECOVERED = "a-link-for-a-new-password"
OF_PROGRAMS = ("api:", "openapi")
POSTED = {
    *("events:travel", "events:escort", "events:choose_level", "events:drop_hours"),
    *("organisations:mend", "organisations:enter", "organisations:undo"),
    *("organisations:take_back", "organisations:remove_unit"),
    *("desk:merge", "desk:undo_merger", "desk:tell_apart", "desk:suspect_again"),
    *("people:ask_for_key", "people:sign_in_by_key", "people:prepare_codes", "people:add_key"),
    *("people:remove_codes", "people:renew_paper_codes", "people:key_options"),
    *("people:remove_key", "people:untie_identity", "desk:run_job", "desk:try_again"),
    *("webhooks:switch_off", "webhooks:switch_on", "webhooks:end", "webhooks:redeliver"),
    *("people:end_sign_in", "people:end_other_sign_ins", "people:end_token", "people:invite"),
    *("people:take_invitation_back", "people:open_notice", "people:read_notices"),
    *("correspondence:send_letter", "correspondence:drop_letter"),
    *("correspondence:remind_of_letter", "correspondence:answer_letter"),
    *("correspondence:answer_by_link", "correspondence:close_poll"),
    *("network:withdraw_offer", "network:agree_on", "network:withdraw_interest"),
    "network:ask_to_check",
    *("learners:lift_hold", "learners:subject_file", "desk:family_copy"),
    *("learners:decline_transfer", "learners:withdraw_transfer"),
    *("learners:place_rows", "learners:give_table", "learners:throw_rows"),
    *("learners:mend_list", "learners:enter_list", "learners:undo_list"),
    *("desk:family_answer", "desk:family_refuse", "learners:family_codes"),
    *("learners:keep_consents", "learners:remind_families", "learners:switch_consents_off"),
    *("learners:confirm_guardian", "learners:turn_guardian_away", "learners:free_guardian"),
    *("learners:renew_family_link", "learners:print_sheets", "learners:record_answers"),
    "learners:drop_page",
    "learners:switch_initials_off",
    *("people:finish_task", "people:drop_task", "people:reopen_task"),
    *("documents:forget_form", "correspondence:answer_meeting"),
    "correspondence:remove_contact",
    *("network:use_wording", "network:use_template"),
    *("desk:take_journal", "desk:confirm_export", "desk:download_export"),
    *("people:print_recovery", "people:sign_out"),
    *("network:mend_rows", "network:map_columns", "network:accept_members"),
    *("network:accept_joining", "network:decline_joining", "network:take_joining_back"),
    *("network:decline_by_link", "network:undo_reform"),
    *("network:confirm_contribution", "network:proof"),
    *("network:take_back_report", "network:refuse", "network:refuse_by_link"),
    *("network:switch_signing_off", "network:switch_review_on", "network:switch_review_off"),
    *("network:agree_review", "network:take_review_back"),
    *("plan:print", "plan:restore", "plan:mend_rows", "plan:map_columns", "plan:enter"),
    *("plan:settle", "plan:leave", "plan:plan_wish", "plan:renew_wish_link"),
    *("plan:end_wish_link", "plan:take_wish_back", "plan:close_feed"),
    *("events:close_calendar", "events:class_calendar"),
    *("network:change_role", "network:end_membership"),
    *("network:send_agreement", "network:drop_agreement", "network:renew_link"),
    *(
        "events:announce",
        "events:announce_all",
        "events:hold",
        "events:give_back",
        "events:accept",
        "events:agree",
        "events:read",
        "events:decline_slot",
        "events:withdraw_slot",
        "events:remove_engineer",
        "events:count_engineer",
        "events:uncount_engineer",
        "events:remove_file",
        "events:return_file",
        "events:withdraw",
        "events:mark",
    ),
    *(
        "ui:language",
        "events:issue_certificates",
        "events:undo_certificates",
        "events:draw_certificates",
        "events:pack_certificates",
        "events:replace_certificate",
    ),
}


@dataclass(frozen=True)
class Visit:
    """A page, who opens it, what is filled in by label, which button pressed, pictures of it."""

    who: str
    address: str
    status: int = 200
    fill: dict[str, str] = field(default_factory=dict)
    press: str = ""
    exact: bool = False
    pictures: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name it in a list of faults."""
        return " ".join(filter(None, [self.address, self.who, self.press]))


def see(who: str, name: str, *keys: object, query: str = "", **more: Any) -> Visit:
    """Visit the address called ``name``; a key may be an object with a public id."""
    args = [getattr(key, "public_id", key) for key in keys]
    return Visit(who, reverse(name, args=args) + query, **more)


def all_names() -> set[str]:
    """Name every address of the site that people visit; programs have a table of their own."""
    names = {name for name, _keys in _names(get_resolver(), "")}
    return {name for name in names if not name.startswith(OF_PROGRAMS)}


def refused() -> dict[str, str]:
    """Return an address, of an object nobody has, for each name that only takes what is sent."""
    return {
        name: reverse(name, kwargs=dict.fromkeys(keys, UUID(int=0)))
        for name, keys in _names(get_resolver(), "")
        if name in POSTED
    }


def _names(within: URLResolver, space: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in within.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)
        else:
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)


def of_clusters(on: Grounds) -> dict[str, list[Visit]]:
    cluster, empty, bring = on.cluster, on.empty, "network:add_members"
    return {
        "network:cluster": [
            see("anna", "network:cluster", cluster),
            see("anna", "network:cluster", empty),
            see("irina", "network:cluster", cluster),
            see("anna", "network:cluster", on.former),
        ],
        "network:passport": [
            see("anna", "network:passport", cluster),
            see("irina", "network:passport", cluster),
        ],
        "network:region": [see("elena", "network:region")],
        "network:clusters": [
            see("anna", "network:clusters"),
            see("elena", "network:clusters", query="?kind=vet&standing=any&day=1.5.2026"),
            see("galina", "network:clusters", query="?q=нет+такого&day=вчера"),
        ],
        "network:new_cluster": [
            see("anna", "network:new_cluster"),
            see("anna", "network:new_cluster", press="Создать кластер"),
        ],
        "network:check": [
            see("vera", "network:check", on.asked),
            see("irina", "network:check", on.confirmed),
            see("vera", "network:check", on.asked, press="Всё верно"),
        ],
        "network:checks": [
            see("anna", "network:checks", cluster),
            see("anna", "network:checks", cluster, query="?state=unasked"),
            see("anna", "network:checks", empty),
            see("anna", "network:checks", cluster, query="?year=2001"),
        ],
        "correspondence:letters": [
            see("anna", "correspondence:letters", cluster),
            see("irina", "correspondence:letters", cluster),
            see("anna", "correspondence:letters", empty),
        ],
        "correspondence:polls": [
            see("anna", "correspondence:polls", cluster),
            see("irina", "correspondence:polls", cluster),
            see("anna", "correspondence:polls", empty),
        ],
        "correspondence:new_poll": [
            see("anna", "correspondence:new_poll", cluster),
            see("anna", "correspondence:new_poll", cluster, press="Отправить опрос"),
        ],
        "correspondence:poll": [
            see("anna", "correspondence:poll", on.poll),
            see("anna", "correspondence:poll", on.chosen_poll),
        ],
        "correspondence:asked": [
            see("irina", "correspondence:asked", on.voter),
            see("irina", "correspondence:asked", on.told),
        ],
        "correspondence:poll_by_link": [
            see(NOBODY, "correspondence:poll_by_link", on.poll_token),
            see(NOBODY, "correspondence:poll_by_link", "A" * 26, status=404),
        ],
        "correspondence:new_letter": [
            see("anna", "correspondence:new_letter", cluster),
            see("anna", "correspondence:new_letter", cluster, press="Сохранить и посмотреть"),
        ],
        "correspondence:letter": [
            see("anna", "correspondence:letter", on.letter),
            see("anna", "correspondence:letter", on.letter, query="?state=unanswered"),
            see("anna", "correspondence:letter", on.letter_draft),
        ],
        "correspondence:edit_letter": [see("anna", "correspondence:edit_letter", on.letter_draft)],
        "correspondence:received": [
            see("irina", "correspondence:received", on.answered),
            see("oleg", "correspondence:received", on.unread),
        ],
        "correspondence:letter_by_link": [
            see(NOBODY, "correspondence:letter_by_link", on.letter_token),
            see(NOBODY, "correspondence:letter_by_link", "A" * 26, status=404),
        ],
        "network:offers": [
            see("anna", "network:offers", cluster),
            see("irina", "network:offers", cluster, query="?way=request&state=all"),
            see("anna", "network:offers", empty),
        ],
        "network:new_offer": [
            see("anna", "network:new_offer", cluster),
            see("irina", "network:new_offer", cluster, press="Опубликовать"),
        ],
        "network:offer": [
            see("anna", "network:offer", on.offer),
            see("irina", "network:offer", on.offer),
            see("oleg", "network:offer", on.offer),
        ],
        "network:edit_cluster": [see("anna", "network:edit_cluster", cluster)],
        "network:calendar": [
            see("anna", "network:calendar", cluster),
            see("irina", "network:calendar", cluster),
        ],
        "network:members_on": [
            see("anna", "network:members_on", cluster, query="?on=2025-05-20"),
            see("irina", "network:members_on", cluster, query="?on=2001-01-01"),
            see("anna", "network:members_on", cluster, query="?on=никогда"),
        ],
        "network:membership": [
            see("anna", "network:membership", cluster, on.member),
            see("anna", "network:membership", cluster, on.led),
            see("irina", "network:membership", cluster, on.member),
        ],
        "network:hand_over": [
            see("anna", "network:hand_over", cluster),
            see("anna", "network:hand_over", cluster, press="Передать"),
        ],
        "network:reforms": [
            see("anna", "network:reforms", cluster),
            see("irina", "network:reforms", on.former),
            see("anna", "network:reforms", empty),
        ],
        "network:split_cluster": [
            see("anna", "network:split_cluster", cluster),
            see("anna", "network:split_cluster", cluster, press="Посмотреть, что будет"),
        ],
        "network:merge_cluster": [
            see("anna", "network:merge_cluster", empty),
            see("anna", "network:merge_cluster", empty, press="Посмотреть, что будет"),
        ],
        "network:edit_calendar": [
            see("anna", "network:edit_calendar", cluster),
            see(
                "anna", "network:edit_calendar", cluster, fill={"С, 2": "завтра"}, press="Сохранить"
            ),
        ],
        "network:public_cluster": [
            see(NOBODY, "network:public_cluster", cluster),
            see(NOBODY, "network:public_cluster", on.former),
        ],
        "network:members": [
            see("anna", "network:members", cluster, pictures=("members",)),
            see("maria", "network:members", cluster, query="?kind=school"),
            see("anna", "network:members", empty),
        ],
        bring: [
            see("anna", bring, empty),
            see("anna", bring, empty, press="Прочитать список"),
        ],
        "network:choose_member": [
            see("anna", "network:choose_member", empty),
            see(
                "anna",
                "network:choose_member",
                empty,
                fill={"Организация": "школа"},
                press="Добавить в кластер",
            ),
        ],
        "network:member_list": [
            see("anna", "network:member_list", empty, on.doubtful, pictures=("member-list",))
        ],
        "plan:plan": [
            see("anna", "plan:plan", cluster, pictures=("plan",)),
            see("irina", "plan:plan", cluster),
            see("anna", "plan:plan", empty),
            see("maria", "plan:plan", cluster, query="?state=done"),
        ],
        "plan:approval": [
            see("anna", "plan:approval", cluster),
            see("irina", "plan:approval", cluster),
            see("anna", "plan:approval", empty),
        ],
        "plan:term": [
            see("anna", "plan:term", cluster),
            see("irina", "plan:term", cluster, query="?term=2&by=hosts"),
            see("anna", "plan:term", empty),
        ],
        "plan:take": [
            see("anna", "plan:take", on.item),
            see("anna", "plan:take", on.item, query=f"?to={empty.public_id}"),
            see("maria", "plan:take", on.item),
        ],
        "plan:feed": [
            see("anna", "plan:feed", cluster),
            see("irina", "plan:feed", cluster, press="Получить адрес"),
        ],
        "plan:wishes": [
            see("anna", "plan:wishes", cluster, query=f"?year={on.plan_table.year + 1}"),
            see("anna", "plan:wishes", empty),
            see("anna", "plan:wishes", empty, press="Отправить письма участникам"),
        ],
        "plan:decline_wish": [see("anna", "plan:decline_wish", on.wish)],
        "plan:wish": [
            see(NOBODY, "plan:wish", on.wish_token),
            see(NOBODY, "plan:wish", on.wish_token, press="Отправить пожелание"),
            see(NOBODY, "plan:wish", "A" * 26, status=404),
        ],
        "plan:clashes": [
            see("anna", "plan:clashes", cluster),
            see("anna", "plan:clashes", empty),
        ],
        "plan:copy": [
            see("anna", "plan:copy", cluster, query=f"?year={on.plan_table.year + 1}"),
            see("anna", "plan:copy", empty),
        ],
        "plan:bring": [
            see("anna", "plan:bring", empty),
            see("anna", "plan:bring", empty, press="Прочитать план"),
        ],
        "plan:table": [see("anna", "plan:table", empty, on.plan_table)],
        "plan:new": [
            see("anna", "plan:new", cluster),
            see("anna", "plan:new", cluster, press="Запланировать"),
            see("maria", "plan:new", cluster, query=f"?from={on.item.public_id}"),
        ],
        "plan:sections": [see("anna", "plan:sections", cluster)],
        "plan:item": [see("anna", "plan:item", on.item), see("irina", "plan:item", on.item)],
        "plan:edit": [see("maria", "plan:edit", on.planned_item)],
        "plan:cancel": [see("anna", "plan:cancel", on.planned_item)],
        "plan:report": [see("anna", "plan:report", on.planned_item)],
        "plan:obligation": [see("anna", "plan:obligation", cluster, on.owed[1])],
    }


def of_joining(on: Grounds) -> dict[str, list[Visit]]:
    invite, one, apply = "network:invite_to_join", "network:joining", "network:apply"
    new, told, over, unconfirmed = (
        f"a-letter-about-joining-{name}" for name in ("new", "told", "over", "unconfirmed")
    )
    return {
        "network:joinings": [
            see("anna", "network:joinings", on.cluster),
            see("anna", "network:joinings", on.empty),
        ],
        invite: [
            see("anna", invite, on.cluster),
            see("anna", invite, on.cluster, press="Отправить приглашение"),
        ],
        one: [
            *(see("anna", one, joining) for joining in (on.invited, on.applied)),
            see("zoya", one, on.to_zoya),
        ],
        apply: [
            see(NOBODY, apply, on.cluster),
            see(NOBODY, apply, on.cluster, press="Подать заявку", exact=True),
            see("zoya", apply, on.empty),
        ],
        "network:applied": [see(NOBODY, "network:applied", on.cluster)],
        "network:join": [
            *(see(NOBODY, "network:join", token) for token in (new, over, unconfirmed)),
            see(NOBODY, "network:join", "not-a-token", status=404),
        ],
        "network:join_facts": [
            see(NOBODY, "network:join_facts", new),
            see(NOBODY, "network:join_facts", new, press="Продолжить"),
        ],
        "network:join_agree": [see(NOBODY, "network:join_agree", told)],
    }


def of_agreements(on: Grounds) -> dict[str, list[Visit]]:
    pages = ["network:agreement", "network:agreement_text", "network:agreement_obligations"]
    seen = {
        name: [
            *(see("anna", name, one) for one in (on.draft, on.signed)),
            see("irina", name, on.sent),
        ]
        for name in pages
    }
    seen[pages[0]] += [see("anna", pages[0], on.sent, pictures=("agreement",))]
    seen[pages[1]] += [see("anna", pages[1], on.sent, pictures=("agreement-text",))]
    seen[pages[2]] += [see("anna", pages[2], on.sent)]
    start, link, party = "network:start_agreement", "network:sign", on.parties[3]
    send = "Отправить подписанную страницу"
    return seen | {
        "network:agreements": [
            see("anna", "network:agreements", on.cluster),
            see("anna", "network:agreements", on.cluster, query="?q=сотрудничества"),
            see("anna", "network:agreements", on.empty),
            see("vera", "network:agreements", on.cluster),
        ],
        "network:evidence": [
            *(see("anna", "network:evidence", one) for one in (on.draft, on.sent, on.signed)),
            see("irina", "network:evidence", on.sent),
        ],
        "network:signing_orders": [
            see("anna", "network:signing_orders", on.cluster.base),
            see("head", "network:signing_orders", on.parties[2].organisation),
        ],
        "network:change_signatory": [see("anna", "network:change_signatory", party)],
        "network:ask_review": [
            see("anna", "network:ask_review", on.draft),
            see("anna", "network:ask_review", on.draft, press="Попросить согласовать"),
        ],
        "network:review": [
            see("anna", "network:review", on.review),
            see("andrey", "network:review", on.review),
            see("andrey", "network:review", on.review, press="Вернуть с замечанием"),
        ],
        "network:withdraw_agreement": [
            see("anna", "network:withdraw_agreement", on.sent),
            see("anna", "network:withdraw_agreement", on.sent, press="Отозвать"),
        ],
        "network:terminate_agreement": [
            see("anna", "network:terminate_agreement", on.signed),
            see("anna", "network:terminate_agreement", on.signed, press="Прекратить"),
        ],
        "network:obligations": [
            see("anna", "network:obligations", on.cluster),
            see("irina", "network:obligations", on.cluster, query="?state=done"),
            see("anna", "network:obligations", on.empty),
        ],
        "network:obligation": [
            *(see("anna", "network:obligation", one) for one in (on.owed[0], on.reported)),
            see("irina", "network:obligation", on.owed[0]),
        ],
        "network:report_obligation": [
            see("anna", "network:report_obligation", on.reported),
            see("anna", "network:report_obligation", on.reported, press="Засчитать"),
        ],
        start: [see("anna", start, on.cluster)],
        "network:start_kind": [
            see("anna", "network:start_kind", on.cluster, "network_form"),
            see(
                "anna", "network:start_kind", on.cluster, "network_form", press="Составить черновик"
            ),
        ],
        "network:accede": [
            see("anna", "network:accede", on.signed),
            see("pavel", "network:accede", on.joinable),
            see("pavel", "network:accede", on.joinable, press="Составить лист"),
        ],
        "network:renew": [
            see("pavel", "network:renew", on.ending),
            see("pavel", "network:renew", on.ending, press="Составить продление"),
        ],
        "network:amend": [
            see("pavel", "network:amend", on.joinable),
            see("pavel", "network:amend", on.joinable, press="Составить дополнительное соглашение"),
        ],
        "network:edit_amendment": [see("anna", "network:edit_amendment", on.amendment)],
        "network:edit_subject": [see("anna", "network:edit_subject", on.contract)],
        "network:edit_terms": [see("anna", "network:edit_terms", on.draft)],
        "network:edit_obligations": [see("anna", "network:edit_obligations", on.draft)],
        "network:party": [see("anna", "network:party", on.draft_party)],
        "network:sign_party": [
            see("head", "network:sign_party", on.parties[2]),
            see("head", "network:sign_party", on.parties[2], query="?by=scan"),
            see("head", "network:sign_party", on.parties[2], query="?by=detached"),
            see("head", "network:sign_party", on.parties[2], press="Подписать", exact=True),
        ],
        "network:file_scan": [see("anna", "network:file_scan", party)],
        link: [
            see(NOBODY, link, on.token, pictures=("sign-phone",)),
            see(NOBODY, link, on.token, press=send),
            see(NOBODY, link, on.used, status=410),
            see(NOBODY, link, "nobody-has-sent-this", status=404),
            see("anna", "network:agreement", on.sent, press="Новая ссылка"),
        ],
    }


def of_programmes(on: Grounds) -> dict[str, list[Visit]]:
    one, name = on.programme, "network:programme"
    return {
        "network:programmes": [
            see("anna", "network:programmes"),
            see("galina", "network:programmes", query="?kind=grant"),
            see("vera", "network:programmes"),
        ],
        "network:new_programme": [
            see("anna", "network:new_programme"),
            see("anna", "network:new_programme", press="Создать программу"),
        ],
        name: [
            see("anna", name, one),
            see("irina", name, one, query="?year=2001"),
            see("elena", name, one),
        ],
        "network:edit_programme": [see("anna", "network:edit_programme", one)],
        "network:edit_money": [
            see("anna", "network:edit_money", one),
            see("anna", "network:edit_money", one, fill=on.no_amount, press="Сохранить"),
        ],
        "network:contributions": [
            see("galina", "network:contributions"),
            see("elena", "network:contributions", query="?year=1999"),
            see("vera", "network:contributions"),
        ],
        "network:promise_contribution": [
            see("anna", "network:promise_contribution", one),
            see("anna", "network:promise_contribution", one, press="Добавить", exact=True),
        ],
        "network:contribution": [
            see("anna", "network:contribution", on.given[state])
            for state in ("promised", "given", "confirmed", "withdrawn")
        ],
        "network:give_contribution": [
            see("anna", "network:give_contribution", on.given["promised"]),
            see(
                "anna",
                "network:give_contribution",
                on.given["promised"],
                press="Отправить на подтверждение",
            ),
        ],
        "network:return_contribution": [
            see("anna", "network:return_contribution", on.given["confirmed"])
        ],
        "network:withdraw_contribution": [
            see("anna", "network:withdraw_contribution", on.given["given"]),
            see(
                "anna",
                "network:withdraw_contribution",
                on.given["given"],
                press="Отозвать вклад",
            ),
        ],
        "network:add_participant": [
            see("anna", "network:add_participant", one),
            see("anna", "network:add_participant", one, press="Добавить", exact=True),
        ],
        "network:end_participation": [see("anna", "network:end_participation", on.participation)],
    }


def of_children(on: Grounds) -> dict[str, list[Visit]]:
    """Visit what a school keeps of its children."""
    terms, house = "learners:retention", on.groups[0].sender
    child, school = on.child, on.child.owner
    year, letter = child.first_year or 0, quote(child.letter)
    return {
        "learners:own": [see("irina", "learners:own")],
        "learners:register": [
            see("irina", "learners:register", school),
            see("zoya", "learners:register", on.kindergarten),
            see("irina", "learners:register", school, query="?show=unfounded"),
        ],
        "events:hours": [
            see("irina", "events:hours", school),
            see("irina", "events:hours", school, query="?year=2025"),
            see("zoya", "events:hours", on.kindergarten),
        ],
        "events:class_hours": [
            see("irina", "events:class_hours", school, on.child.grade, query=f"?letter={letter}"),
        ],
        "events:outside_hours": [
            see("irina", "events:outside_hours", school),
            see("irina", "events:outside_hours", school, press="Сохранить часы"),
        ],
        "learners:class": [see("irina", "learners:class", school, year, query=f"?letter={letter}")],
        "learners:add": [
            see("irina", "learners:add", school),
            see("irina", "learners:add", school, press="Внести ребёнка"),
        ],
        "learners:count": [
            see("irina", "learners:count", school),
            see("irina", "learners:count", school, press="Сохранить число"),
        ],
        "learners:bring": [
            see("irina", "learners:bring", school),
            see("irina", "learners:bring", school, press="Прочитать список"),
            see("zoya", "learners:bring", on.kindergarten),
        ],
        "learners:bring_district": [
            see("anna", "learners:bring_district", on.cluster.base),
            see("anna", "learners:bring_district", on.cluster.base, press="Прочитать таблицу"),
        ],
        "learners:district": [see("anna", "learners:district", on.table_of_many)],
        "learners:list": [
            see("irina", "learners:list", on.children_list),
            see("irina", "learners:list", on.children_list, query="?show=ready"),
            see("irina", "learners:list", on.children_list, query="?show=known"),
        ],
        "learners:transfers": [see("irina", "learners:transfers", school)],
        "learners:offer": [
            see("irina", "learners:offer", on.leaving),
            see("irina", "learners:offer", on.leaving, press="Предложить ребёнка"),
            see("irina", "learners:offer", on.offered),
        ],
        "learners:take": [see("irina", "learners:take", on.coming)],
        "learners:list_columns": [see("irina", "learners:list_columns", on.children_list)],
        "learners:card": [see("irina", "learners:card", child)],
        "learners:edit": [see("irina", "learners:edit", child)],
        "learners:destruction": [
            see("irina", "learners:destruction", on.child.owner),
            see("irina", "learners:destruction", on.child.owner, query=f"?class={year}-{letter}"),
            see(
                "irina",
                "learners:destruction",
                on.child.owner,
                query=f"?class={year}-{letter}",
                press="Уничтожить данные",
            ),
        ],
        "learners:processing": [
            see("irina", "learners:processing"),
            see("auditor", "learners:processing"),
        ],
        "learners:seen": [see("irina", "learners:seen", on.child)],
        "learners:hold": [
            see("irina", "learners:hold", child),
            see("irina", "learners:hold", child, press="Остановить уничтожение"),
        ],
        "learners:own_consents": [see("irina", "learners:own_consents")],
        "learners:consents": [
            see("irina", "learners:consents", house),
            see("irina", "learners:consents", house, query="?who=missing"),
            see("zoya", "learners:own_consents"),
        ],
        "learners:consent_orders": [see("irina", "learners:consent_orders", house)],
        "learners:initials": [see("irina", "learners:initials", house)],
        "learners:scans": [
            see("irina", "learners:scans", school),
            see("irina", "learners:scans", school, press="Прочитать страницы"),
        ],
        "learners:scan": [
            see("irina", "learners:scan", on.scanned),
            see("irina", "learners:scan", on.loose),
            see("irina", "learners:scan", on.loose, press="Это страница этого ребёнка"),
        ],
        "learners:paper_registry": [see("irina", "learners:paper_registry", school)],
        "learners:guardians": [see("irina", "learners:guardians", on.child)],
        "learners:restrict_guardian": [
            see("irina", "learners:restrict_guardian", on.guardian),
            see("irina", "learners:restrict_guardian", on.guardian, press="Ограничить"),
        ],
        "desk:family": [
            see(NOBODY, "desk:family", on.mother),
            see(NOBODY, "desk:family", on.claimed),
            see(NOBODY, "desk:family", on.unused),
            see(NOBODY, "desk:family", on.unused, press="Отправить в школу"),
            see(NOBODY, "desk:family", "A" * 26, status=404),
        ],
        "desk:family_child": [see(NOBODY, "desk:family_child", on.mother, on.guardian)],
        terms: [
            see("irina", terms),
            see("operator", terms),
            see("irina", terms, press="Остановить уничтожение"),
            see("anna", terms, status=403),
        ],
    }


def of_events(on: Grounds) -> dict[str, list[Visit]]:
    shown = [on.full, on.past, on.free]
    given = "events:certificates"
    return {
        "events:list": [
            see("anna", "events:list"),
            see("anna", "events:list", query="?state=draft"),
            see("anna", "events:list", query="?whose=host&q=проба&since=вчера"),
            see("irina", "events:list", query="?whose=host"),
            see("irina", "events:list", query="?state=held"),
        ],
        "events:event": [
            *(see("anna", "events:event", one) for one in (on.past, on.free, on.event_draft)),
            see("anna", "events:event", on.full, pictures=("event",)),
            *(see("irina", "events:event", one) for one in shown),
        ],
        "events:announcement": [
            see("anna", "events:announcement", on.event_draft),
            see("irina", "events:announcement", on.free),
        ],
        "events:edit": [see("anna", "events:edit", on.event_draft)],
        "events:cancel": [
            see("anna", "events:cancel", on.free),
            see("anna", "events:cancel", on.full),
        ],
        "events:event_hours": [
            see("anna", "events:event_hours", on.past),
            see("anna", "events:event_hours", on.past, press="Сохранить часы"),
        ],
        "events:families": [
            see("anna", "events:families", on.open_day),
            see("anna", "events:families", on.free),
            see("anna", "events:families", on.free, press="Пригласить семьи"),
        ],
        "events:check_families": [
            see("igor", "events:check_families", on.open_day),
            see("igor", "events:check_families", on.open_day, query=f"?code={on.visit.code}"),
            see("igor", "events:check_families", on.open_day, query="?code=12"),
        ],
        "events:visit": [
            see(NOBODY, "events:visit", on.open_day),
            see(NOBODY, "events:visit", on.open_day, press="Получить билет"),
        ],
        "events:ticket": [
            see(NOBODY, "events:ticket", on.visit.token),
            see(NOBODY, "events:ticket", on.returned.token),
            see(NOBODY, "events:ticket", "A" * 26, status=404),
        ],
        "events:feedback": [
            see("anna", "events:feedback", on.past),
            see("anna", "events:feedback", on.past, press="Показать код и ссылку"),
            see("irina", "events:feedback", on.past),
        ],
        "events:how_it_was": [
            see(NOBODY, "events:how_it_was", on.how_token),
            see(NOBODY, "events:how_it_was", "A" * 26, status=404),
        ],
        "events:registration": [
            see("anna", "events:registration", on.full),
            see("anna", "events:registration", on.full, press="Сохранить"),
        ],
        "events:calendars": [
            see("anna", "events:calendars"),
            see("irina", "events:calendars"),
            see("irina", "events:calendars", press="Получить адрес"),
        ],
        "events:order": [
            see("anna", "events:order", on.full),
            see("anna", "events:order", on.full, query="?state=waiting"),
            see("anna", "events:order", on.full, query="?state=released"),
        ],
        "events:sessions": [
            see("anna", "events:sessions", on.past),
            see("anna", "events:sessions", on.past, press="Создать черновики"),
        ],
        "events:again": [see("anna", "events:again")],
        "events:move": [
            see("anna", "events:move", on.full),
            see("anna", "events:move", on.full, press="Перенести событие"),
        ],
        "events:new": [
            see("anna", "events:new", on.item),
            see("anna", "events:new", on.item, press="Создать черновик"),
        ],
        "events:catalogue": [
            see(NOBODY, "events:catalogue"),
            see(NOBODY, "events:catalogue", query="?q=подводный"),
            see(NOBODY, "events:catalogue", query="?age=basic&free=on&until=31.12.2099"),
        ],
        "events:engineers": [
            see("anna", "events:engineers", on.full),
            see("anna", "events:engineers", on.past),
            see("anna", "events:engineers", on.free, press="Пригласить"),
        ],
        "events:slot": [
            see("lev", "events:slot", on.slot),
            see("lev", "events:slot", on.slot, press="Отправить приглашение"),
        ],
        "events:engineer": [
            see(NOBODY, "events:engineer", on.engineer_token),
            see(NOBODY, "events:engineer", on.thanked_token),
            see(NOBODY, "events:engineer", "A" * 26, status=404),
        ],
        "events:thank_engineer": [see("anna", "events:thank_engineer", on.met)],
        "events:public": [see(NOBODY, "events:public", one) for one in (*shown, on.open_day)],
        "events:handouts": [
            see("anna", "events:handouts", on.free),
            see("anna", "events:handouts", on.free, press="Приложить"),
        ],
        "events:void_certificate": [
            see("anna", "events:void_certificate", on.certificate),
            see("anna", "events:void_certificate", on.certificate, press="Аннулировать"),
        ],
        "events:portfolio": [
            see("igor", "events:portfolio"),
            see("irina", "events:portfolio"),
        ],
        "events:design": [
            see("anna", "events:design", on.cluster.base),
            see("anna", "events:design", on.cluster.base, query="?kind=thanks"),
            see("anna", "events:design", on.cluster.base, press="Сохранить"),
        ],
        "events:diplomas": [
            see("anna", "events:diplomas", on.past),
            see("anna", "events:diplomas", on.past, press="Выдать дипломы"),
            see("anna", "events:diplomas", on.free),
        ],
        "events:thanks": [
            see("anna", "events:thanks", on.past),
            see("anna", "events:thanks", on.past, press="Выдать благодарственные письма"),
            see("anna", "events:thanks", on.free),
        ],
        given: [
            see("anna", given, on.past, pictures=("certificates",)),
            see("irina", given, on.past),
            see("anna", given, on.free),
        ],
    }


def of_groups(on: Grounds) -> dict[str, list[Visit]]:
    first, second, third = on.groups
    with reading(SYSTEM):
        place = first.places.select_related("event").earliest("pk")
        code = entrance_of(place)
    register, roll, paste = "events:register", "events:children", "Вставьте список"
    ask = {"Сколько детей": "40"}
    return {
        register: [
            see("dina", register, on.free, pictures=("seats",)),
            see("dina", register, on.free, fill=ask, press="Занять места"),
            see("dina", register, on.full),
            see("dina", register, on.later),
        ],
        "events:trip": [see("irina", "events:trip", first)],
        "events:route": [
            see("irina", "events:route", first),
            see("irina", "events:route", first, fill={"Сбор в": "25"}, press="Сохранить"),
        ],
        "events:escorts": [
            see("irina", "events:escorts", first),
            see("irina", "events:escorts", first, fill={"Должность": "учитель"}, press="Добавить"),
        ],
        "events:departing": [see("irina", "events:departing", first)],
        "events:care": [
            see("irina", "events:care", first, place),
            see("irina", "events:care", first, place, press="Сохранить"),
        ],
        "events:group": [
            see("irina", "events:group", first),
            see("vera", "events:group", third),
        ],
        roll: [
            see("oleg", roll, second),
            see(
                "oleg",
                roll,
                second,
                fill={paste: CLASS},
                press="Узнать детей",
                pictures=("class-list",),
            ),
        ],
        "events:consents": [see("irina", "events:consents", first, pictures=("consents",))],
        "events:done": [see("irina", "events:done", first)],
        "events:by_code": [
            see("igor", "events:by_code", "c", code),
            see("igor", "events:by_code", "c", "A" * 32, status=404),
        ],
        "events:cluster_hours": [
            see("anna", "events:cluster_hours", on.cluster),
            see("anna", "events:cluster_hours", on.cluster, query="?year=2001"),
            see("igor", "events:cluster_hours", on.cluster, status=403),
        ],
        "events:phones": [see("igor", "events:phones"), see("vera", "events:phones")],
        "events:phone": [
            see("igor", "events:phone", on.full),
            see("vera", "events:phone", on.full, status=403),
        ],
        "events:codes": [see("irina", "events:codes", first)],
        "events:paper": [
            see("igor", "events:paper", on.full),
            see("igor", "events:paper", on.full, fill={"Номера": "1, 99"}, press="Показать имена"),
            see("igor", "events:paper", on.full, fill={"Номера": "1-3"}, press="Показать имена"),
        ],
        "events:briefing": [see("igor", "events:briefing", on.full)],
        "events:check": [
            see("igor", "events:check", on.full, pictures=("check-in-phone",)),
            see("igor", "events:check", on.past),
            see("igor", "events:check", on.full, fill={"Найти ребёнка": "никто"}, press="Найти"),
            see("vera", "events:check", on.full, status=403),
        ],
    }


def of_the_rest(on: Grounds) -> dict[str, list[Visit]]:
    home, check = "desk:today", "documents:verification"
    wrong = {"Имя для входа": "anna", "Пароль": "не тот"}
    own = (
        "people:sign_ins",
        "people:second_step",
        "people:access",
        "people:tokens",
        "webhooks:webhooks",
        "people:notices",
        "people:hearing",
        "desk:exports",
    )
    with reading(SYSTEM):
        irina = Post.objects.get(person__account__sign_in_name="irina")
        college, school = on.cluster.base, on.parties[2].organisation
        unit = organisations.unit(college)
        make.invited(school, INVITED)
        make.setup(SETUP)
        make.recovery(Account.objects.get(sign_in_name="vera"), RECOVERED)
    return {
        name: [see("irina", name, pictures=(name.partition(":")[2].replace("_", "-"),))]
        for name in own
    } | {
        "webhooks:subscription": [see("anna", "webhooks:subscription", on.webhook)],
        "people:tasks": [
            see("anna", "people:tasks"),
            see("anna", "people:tasks", query="?whose=given&state=done"),
            see("zoya", "people:tasks", query="?due=overdue"),
        ],
        "people:give_task": [
            see("anna", "people:give_task"),
            see("anna", "people:give_task", press="Поручить"),
        ],
        "people:own_team": [see("anna", "people:own_team")],
        "people:team": [see("anna", "people:team", college, pictures=("people",))],
        "people:appoint": [see("head", "people:appoint", school)],
        "people:end_post": [see("irina", "people:end_post", irina)],
        "people:stand_in": [see("irina", "people:stand_in", irina)],
        "people:setup": [
            see(NOBODY, "people:setup", SETUP),
            see(NOBODY, "people:setup", SETUP, fill={"Полное название": ""}, press="Продолжить"),
            see(NOBODY, "people:setup", "nobody-has-printed-this", status=404),
        ],
        "people:setup_place": [see(NOBODY, "people:setup_place", SETUP)],
        "people:setup_mail": [
            see(NOBODY, "people:setup_mail", SETUP),
            see(NOBODY, "people:setup_mail", SETUP, press="Отправить пробное письмо"),
        ],
        "people:setup_person": [see(NOBODY, "people:setup_person", SETUP)],
        "people:invitation": [
            see(NOBODY, "people:invitation", INVITED, pictures=("invitation",)),
            see(NOBODY, "people:invitation", "nobody-has-sent-this", status=404),
        ],
        "people:forgotten": [
            see(NOBODY, "people:forgotten"),
            see(NOBODY, "people:forgotten", press="Отправить письмо"),
        ],
        "people:letter_asked": [see(NOBODY, "people:letter_asked")],
        "people:choose_password": [
            see(NOBODY, "people:choose_password", RECOVERED),
            see(NOBODY, "people:choose_password", RECOVERED, press="Сохранить пароль"),
            see(NOBODY, "people:choose_password", "nobody-has-sent-this", status=404),
        ],
        "people:change_password": [
            see("irina", "people:change_password"),
            see("irina", "people:change_password", press="Сменить пароль"),
        ],
        "people:help": [
            see("head", "people:help", irina),
            see("head", "people:help", irina, press="Отменить второй шаг"),
        ],
        "people:codes": [see("anna", "people:second_step", press="Настроить")],
        "people:take_second_step": [see(NOBODY, "people:take_second_step")],
        "people:elsewhere": [see(NOBODY, "people:elsewhere", status=404)],
        "people:back_from_elsewhere": [see(NOBODY, "people:back_from_elsewhere")],
        "organisations:list": [
            see("anna", "organisations:list", pictures=("organisations",)),
            see("irina", "organisations:list", query="?kind=school"),
        ],
        "organisations:card": [
            see("anna", "organisations:card", college),
            see("irina", "organisations:card", school, query="?day=01.09.2020"),
        ],
        "organisations:tree": [
            see("anna", "organisations:tree"),
            see("irina", "organisations:tree", query="?kind=school"),
        ],
        "organisations:add_unit": [
            see("anna", "organisations:add_unit", college),
            see("anna", "organisations:add_unit", college, press="Сохранить"),
        ],
        "organisations:unit": [see("anna", "organisations:unit", unit)],
        "organisations:edit": [
            see("anna", "organisations:edit", college),
            see("anna", "organisations:edit", college, fill={"ИНН": "123"}, press="Сохранить"),
        ],
        "organisations:turn": [
            see("anna", "organisations:turn", college, "renamed"),
            see("anna", "organisations:turn", college, "moved"),
            see("anna", "organisations:turn", college, "split", press="Отметить"),
        ],
        "organisations:bring": [
            see("anna", "organisations:bring"),
            see("anna", "organisations:bring", press="Прочитать"),
        ],
        "organisations:import": [
            see("anna", "organisations:import", on.register, pictures=("import",))
        ],
        "organisations:columns": [see("anna", "organisations:columns", on.register)],
        "organisations:territories": [
            see("operator", "organisations:territories"),
            see("operator", "organisations:territories", press="Добавить район"),
        ],
        "desk:duplicates": [see("operator", "desk:duplicates")],
        "desk:choose_twin": [
            see("operator", "desk:choose_twin", school),
            see("operator", "desk:choose_twin", school, press="Сравнить"),
        ],
        "desk:compare": [see("operator", "desk:compare", school, college)],
        "desk:jobs": [
            see("anna", "desk:jobs", status=403),
            see("operator", "desk:jobs"),
        ],
        "desk:journal": [
            see("anna", "desk:journal", status=403),
            see("auditor", "desk:journal", pictures=("journal",)),
        ],
        "desk:record": [see("anna", "desk:record", "events.Event", on.past)],
        home: [
            *(see(who, home) for who in ("vera", "igor", "maria", "head")),
            see("anna", home, pictures=("today", "today-dark", "today-phone", "today-dark-phone")),
            see("irina", home, pictures=("today-school",)),
        ],
        "desk:find": [
            see("anna", "desk:find", pictures=("find",)),
            see("irina", "desk:find", fill={"Что найти или сделать": "irjkf"}, press="Найти"),
        ],
        "desk:outbox": [see(NOBODY, "desk:outbox")],
        "people:sign_in": [
            see(NOBODY, "people:sign_in"),
            see(NOBODY, "people:sign_in", fill=wrong, press="Войти", exact=True),
        ],
        "documents:papers": [see("anna", "documents:papers")],
        "documents:words": [
            see("anna", "documents:words", college),
            see(
                "anna",
                "documents:words",
                college,
                fill={"В именительном падеже": "старший методист"},
                press="Запомнить",
            ),
            see("anna", "documents:words", college, press="Запомнить"),
        ],
        "documents:books": [
            see("anna", "documents:books", college),
            see("anna", "documents:books", college, query="?kind=certificates"),
            see(
                "anna",
                "documents:books",
                college,
                fill={"Как пишется номер": "№"},
                press="Сохранить",
            ),
        ],
        "documents:register_number": [
            see("anna", "documents:register_number", college),
            see("anna", "documents:register_number", college, press="Записать в книгу"),
        ],
        "documents:cancel_number": [
            see("anna", "documents:cancel_number", on.by_hand),
            see("anna", "documents:cancel_number", on.by_hand, press="Аннулировать номер"),
        ],
        "network:wording": [
            see("anna", "network:wording", college),
            see("anna", "network:wording", college, press="Посмотреть"),
            see(
                "anna",
                "network:wording",
                college,
                fill={"Текст соглашения": "# Предмет\nКластер {cluster_nmae}."},
                press="Сохранить новую версию",
            ),
        ],
        "network:compare_wordings": [see("anna", "network:compare_wordings", college)],
        "network:templates": [
            see("anna", "network:templates", college),
            see("anna", "network:templates", college, query="?kind=memorandum&version=1"),
            see("anna", "network:templates", college, press="Загрузить и проверить"),
        ],
        "documents:verify": [see(NOBODY, "documents:verify")],
        check: [see(NOBODY, check, on.code), see(NOBODY, check, "A" * 26, status=404)],
        "ui:view": [see(NOBODY, "ui:view", pictures=("view",))],
        "ui:gallery": [see(NOBODY, "ui:gallery"), see(NOBODY, "ui:gallery", query="?errors")],
        "ui:problem": [
            see(NOBODY, "ui:problem", name, status=status)
            for name, status in samples.PROBLEMS.items()
        ],
        "ui:base": [see(NOBODY, "ui:base", name) for name in samples.BASES],
        "nowhere": [Visit("anna", "/nowhere/", status=404)],
    }


def of_meetings(on: Grounds) -> dict[str, list[Visit]]:
    cluster, held = on.cluster, on.held_meeting
    return {
        "correspondence:meetings": [
            see("anna", "correspondence:meetings", cluster),
            see("irina", "correspondence:meetings", cluster),
            see("anna", "correspondence:meetings", on.empty),
        ],
        "correspondence:new_meeting": [
            see("anna", "correspondence:new_meeting", cluster),
            see("anna", "correspondence:new_meeting", cluster, press="Созвать совещание"),
        ],
        "correspondence:meeting": [
            see("anna", "correspondence:meeting", on.meeting),
            see("irina", "correspondence:meeting", on.meeting),
            see("anna", "correspondence:meeting", held),
            see("irina", "correspondence:meeting", held),
        ],
        "correspondence:edit_meeting": [
            see("anna", "correspondence:edit_meeting", on.meeting),
            see(
                "anna",
                "correspondence:edit_meeting",
                on.meeting,
                fill={"Место": ""},
                press="Сохранить",
            ),
        ],
        "correspondence:employers": [
            see("anna", "correspondence:employers"),
            see("anna", "correspondence:employers", query="?quiet=90"),
        ],
        "correspondence:contacts": [
            see("anna", "correspondence:contacts"),
            see("anna", "correspondence:contacts", query="?kind=meeting"),
        ],
        "correspondence:new_contact": [
            see("anna", "correspondence:new_contact"),
            see("anna", "correspondence:new_contact", press="Сохранить"),
        ],
        "correspondence:contact": [see("anna", "correspondence:contact", on.contact)],
        "correspondence:meeting_by_link": [
            see(NOBODY, "correspondence:meeting_by_link", on.meeting_token),
            see(NOBODY, "correspondence:meeting_by_link", "A" * 26, status=404),
        ],
        "correspondence:cancel_meeting": [
            see("anna", "correspondence:cancel_meeting", on.meeting),
            see("anna", "correspondence:cancel_meeting", on.meeting, press="Отменить совещание"),
        ],
        "correspondence:minutes": [
            see("anna", "correspondence:minutes", held),
            see(
                "anna",
                "correspondence:minutes",
                held,
                fill={"Председатель": ""},
                press="Сохранить новую редакцию",
            ),
        ],
    }


PARTS: dict[str, Callable[[Grounds], dict[str, list[Visit]]]] = {
    "lists and clusters": of_clusters,
    "joining": of_joining,
    "agreements": of_agreements,
    "meetings": of_meetings,
    "events": of_events,
    "children": of_children,
    "programmes": of_programmes,
    "groups and the day": of_groups,
    "everything else": of_the_rest,
}


def files(on: Grounds) -> dict[str, Visit]:
    """List the addresses that answer with a file."""
    with reading(SYSTEM):
        sent = present(Agreement.objects.get(pk=on.sent.pk).paper.pdf)
        signed = present(Agreement.objects.get(pk=on.signed.pk).paper.pdf)
    return {
        "documents:file": see("anna", "documents:file", signed),
        "documents:linked_file": see(NOBODY, "documents:linked_file", on.token, sent),
        "events:pack_pdf": see("irina", "events:pack_pdf", on.groups[0]),
        "events:pack_docx": see("irina", "events:pack_docx", on.groups[0]),
        "events:handout": see("irina", "events:handout", on.handout),
        "events:poster": see("anna", "events:poster", on.free),
        "events:certificates_pdf": see("irina", "events:certificates_pdf", on.past),
        "events:certificate_pdf": see("anna", "events:certificate_pdf", on.certificate),
        "events:portfolio_pdf": see("igor", "events:portfolio_pdf"),
        "events:certificates_zip": see(
            "anna", "events:certificates_zip", on.past, on.certificate.batch
        ),
        "learners:scan_picture": see("irina", "learners:scan_picture", on.scanned),
        "desk:family_certificate": see(
            NOBODY, "desk:family_certificate", on.mother, on.certificate
        ),
    }


def tables(on: Grounds) -> dict[str, Visit]:
    """List the addresses that answer with a table, a template or an entry of a calendar."""
    college = on.cluster.base
    return {
        "documents:book": see("anna", "documents:book", college, "csv"),
        "events:export_cluster_hours": see(
            "anna", "events:export_cluster_hours", on.cluster, "csv"
        ),
        "events:worker": see(NOBODY, "events:worker"),
        "events:manifest": see(NOBODY, "events:manifest"),
        "events:entrance_list": see("igor", "events:entrance_list", on.full),
        "desk:sitemap": see(NOBODY, "desk:sitemap"),
        "desk:robots": see(NOBODY, "desk:robots"),
        "events:portfolio_table": see("irina", "events:portfolio_table", "csv"),
        "events:export_hours": see("irina", "events:export_hours", on.child.owner, "csv"),
        "learners:paper_registry_table": see(
            "irina", "learners:paper_registry_table", on.child.owner, "csv"
        ),
        "learners:processing_table": see("irina", "learners:processing_table", "csv"),
        "learners:list_report": see("irina", "learners:list_report", on.children_list, "csv"),
        "network:start_template": see("anna", "network:start_template", college),
        "network:try_template": see(
            "anna", "network:try_template", college, query="?kind=memorandum&version=1"
        ),
        "organisations:export": see("anna", "organisations:export", "csv"),
        "network:export_clusters": see("roman", "network:export_clusters", "csv"),
        "network:export_region": see("roman", "network:export_region", "csv"),
        "organisations:export_tree": see("anna", "organisations:export_tree", "csv"),
        "correspondence:meeting_calendar": see(
            "anna", "correspondence:meeting_calendar", on.meeting
        ),
        "events:engineer_calendar": see(NOBODY, "events:engineer_calendar", on.engineer_token),
        "events:ticket_calendar": see(NOBODY, "events:ticket_calendar", on.visit.token),
        "correspondence:calendar_by_link": see(
            NOBODY, "correspondence:calendar_by_link", on.meeting_token
        ),
        "network:export_checks": see("anna", "network:export_checks", on.cluster, "csv"),
        "correspondence:export_contacts": see("anna", "correspondence:export_contacts", "csv"),
        "correspondence:export_letter": see(
            "anna", "correspondence:export_letter", on.letter, "csv"
        ),
        "network:export_offers": see("anna", "network:export_offers", on.cluster, "csv"),
        "network:export_evidence": see("anna", "network:export_evidence", on.signed, "csv"),
        "network:export_obligations": see("anna", "network:export_obligations", on.cluster, "csv"),
        "network:export_contributions": see("galina", "network:export_contributions", "csv"),
        "network:export_programmes": see("anna", "network:export_programmes", "csv"),
        "organisations:report": see("anna", "organisations:report", on.register, "csv"),
        "people:export_tasks": see("anna", "people:export_tasks", "csv"),
        "events:export": see("anna", "events:export", "csv"),
        "events:export_order": see("anna", "events:export_order", on.full, "csv"),
        "plan:export": see("anna", "plan:export", on.cluster, "csv"),
        "plan:calendar": see(NOBODY, "plan:calendar", on.feed_token),
        "events:calendar": see(NOBODY, "events:calendar", on.class_token),
        "plan:export_wishes": see("anna", "plan:export_wishes", on.cluster, "csv"),
    }


def parts(_: Grounds) -> dict[str, Visit]:
    """List the addresses that answer with a part of a page, seen where the page asks for it."""
    return {
        "organisations:options": see("anna", "organisations:options", query="?q=47"),
        "network:participant_options": see("anna", "network:participant_options", query="?q=робот"),
        "organisations:places": see("anna", "organisations:places", query="?q=петро"),
    }
