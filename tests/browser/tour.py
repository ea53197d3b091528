"""A tour of every address there is, each with an object of the demonstration and who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import present
from zveno.demo.management import story
from zveno.documents.models import Verification
from zveno.events import actions as events
from zveno.events.models import Certificate, Event, Group
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Terms
from zveno.network.models import Agreement, Cluster, MemberList, Obligation, Party
from zveno.network.models.wording import usual_obligations
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import Appointment, appoint, open_account
from zveno.people.models import Post
from zveno.plan.models import PlanItem
from zveno.ui import samples

TABLE = Path(__file__).resolve().parents[1] / "engines/data/tables/cluster_members.txt"
CLASS = "Фамилия и имя\tКласс\nКлимов Роман\t7Б\nРыбаков М.\t17Б\n"
NOBODY = ""
FILES = {
    "documents:file",
    "documents:linked_file",
    "events:certificates_pdf",
    "events:certificate_pdf",
}
POSTED = {
    *("people:sign_out", "network:mend_rows", "network:map_columns", "network:accept_members"),
    *("network:send_agreement", "network:drop_agreement", "network:renew_link"),
    *("events:announce", "events:hold", "events:give_back", "events:withdraw", "events:mark"),
    *("events:issue_certificates", "events:undo_certificates", "events:draw_certificates"),
}


@dataclass(frozen=True)
class Visit:
    """A page, who opens it, what is filled in by label and which button pressed there."""

    who: str
    address: str
    status: int = 200
    fill: dict[str, str] = field(default_factory=dict)
    press: str = ""

    def __str__(self) -> str:
        """Name it in a list of faults."""
        return " ".join(filter(None, [self.address, self.who, self.press]))


def see(who: str, name: str, *keys: object, query: str = "", **more: Any) -> Visit:
    """Visit the address called ``name``; a key may be an object with a public id."""
    args = [getattr(key, "public_id", key) for key in keys]
    return Visit(who, reverse(name, args=args) + query, **more)


def all_names() -> set[str]:
    """Name every address of the site."""
    return set(_names(get_resolver(), ""))


def _names(within: URLResolver, space: str) -> Iterator[str]:
    for pattern in within.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)


class Tour:
    """The demonstration, with what it lacks of every kind: drafts, doubts, links, free seats."""

    def __init__(self) -> None:
        organisations.district()
        call_command("demo", stdout=StringIO())
        self.anna = story.acting("anna")
        with reading(SYSTEM):
            self.cluster = Cluster.objects.get(name=story.TOLD["cluster"])
            self.empty = Cluster.objects.get(name=story.TOLD["empty_cluster"])
            self.signed = Agreement.objects.get()
            self.paper = self.signed.paper
            self.owed = list(Obligation.objects.filter(planned__gt=0).order_by("place"))
            self.past = Event.objects.get(state=Event.State.HELD)
            self.full = Event.objects.get(state=Event.State.OPEN)
            self.groups = list(Group.objects.filter(event=self.full).order_by("pk"))
            self.certificate = Certificate.objects.order_by("pk")[0]
            self.code = Verification.objects.order_by("pk")[0].code
        self._agreements()
        self._events()
        self._accounts()

    def _agreements(self) -> None:
        source = {"text": TABLE.read_text("utf-8")}
        self.doubtful: MemberList = network.bring_members(
            self.anna, self.empty.public_id, source=source
        )
        self.draft, self.sent = self._agreement("Черновик"), self._agreement("На подписи")
        network.send_agreement(self.anna, self.sent.public_id)
        with reading(SYSTEM):
            self.parties: list[Party] = list(self.sent.parties.order_by("place"))
            self.draft_party: Party = self.draft.parties.order_by("place")[1]
        self.token = network.renew_link(self.anna, self.parties[1].public_id)
        self.used = network.renew_link(self.anna, self.parties[0].public_id)
        network.file_scan(self.anna, self.parties[0].public_id, upload=story.SCAN)

    def _agreement(self, title: str) -> Agreement:
        day = clock.today()
        terms = Terms(title, "Санкт-Петербург", day, day + timedelta(days=900))
        with reading(SYSTEM):
            roles = list(self.cluster.memberships.live().values_list("role", flat=True))
        owed = usual_obligations(roles)
        return network.start_agreement(
            self.anna, self.cluster.public_id, terms=terms, obligations=owed
        )

    def _events(self) -> None:
        day = clock.today() + timedelta(days=12)
        items = story.put_into_plan(self.signed, clock.today())
        self.item: PlanItem = items[0]
        self.free = story.offer(items[1], day, announced=clock.today())
        with reading(SYSTEM):
            facts = events.Facts(
                **{name: getattr(self.free, name) for name in ("kind", "venue", "capacity")},
                title="Черновик события",
                starts_at=self.free.starts_at,
                ends_at=self.free.ends_at,
                grades=(5, 8),
            )
        spare = story.put_into_plan(self.signed, clock.today())[0]
        self.event_draft = events.make_event(self.anna, spare.public_id, facts=facts)

    def _accounts(self) -> None:
        with reading(SYSTEM):
            centre = Organisation.objects.get(kind=Organisation.Kind.EXTRACURRICULAR_CENTRE)
            school = self.parties[2].organisation
            head = Post.objects.get(organisation=school, role=Post.Role.HEAD).person
        dina = Appointment("Юрьева", "Дина", role=Post.Role.REPRESENTATIVE, title="педагог")
        post = appoint(SYSTEM, centre.public_id, appointment=dina)
        for name, person in (("dina", post.person), ("head", head)):
            password = story.TOLD["password"]
            open_account(SYSTEM, person.public_id, sign_in_name=name, password=password)

    def pages(self) -> dict[str, dict[str, list[Visit]]]:
        """List the visits of each part of the tour by the name of the address."""
        return {
            "lists and clusters": self._of_clusters(),
            "agreements": self._of_agreements(),
            "events": self._of_events(),
            "groups and the day": self._of_groups(),
            "everything else": self._of_the_rest(),
        }

    def _of_clusters(self) -> dict[str, list[Visit]]:
        cluster, empty, bring = self.cluster, self.empty, "network:add_members"
        return {
            "network:cluster": [
                see("anna", "network:cluster", cluster),
                see("anna", "network:cluster", empty),
                see("irina", "network:cluster", cluster),
            ],
            "network:public_cluster": [see(NOBODY, "network:public_cluster", cluster)],
            "network:members": [
                see("anna", "network:members", cluster),
                see("maria", "network:members", cluster, query="?kind=school"),
                see("anna", "network:members", empty),
            ],
            bring: [
                see("anna", bring, empty),
                see("anna", bring, empty, press="Прочитать список"),
            ],
            "network:member_list": [see("anna", "network:member_list", empty, self.doubtful)],
            "plan:plan": [
                see("anna", "plan:plan", cluster),
                see("irina", "plan:plan", cluster),
                see("anna", "plan:plan", empty),
            ],
            "plan:obligation": [see("anna", "plan:obligation", cluster, self.owed[1])],
        }

    def _of_agreements(self) -> dict[str, list[Visit]]:
        pages = ["network:agreement", "network:agreement_text", "network:agreement_obligations"]
        seen = {
            name: [
                *(see("anna", name, one) for one in (self.draft, self.sent, self.signed)),
                see("irina", name, self.sent),
            ]
            for name in pages
        }
        start, link, party = "network:start_agreement", "network:sign", self.parties[3]
        send = "Отправить подписанную страницу"
        return seen | {
            "network:agreements": [
                see("anna", "network:agreements", self.cluster),
                see("anna", "network:agreements", self.empty),
                see("vera", "network:agreements", self.cluster),
            ],
            start: [see("anna", start, self.cluster)],
            "network:edit_terms": [see("anna", "network:edit_terms", self.draft)],
            "network:edit_obligations": [see("anna", "network:edit_obligations", self.draft)],
            "network:party": [see("anna", "network:party", self.draft_party)],
            "network:sign_party": [see("head", "network:sign_party", self.parties[2])],
            "network:file_scan": [see("anna", "network:file_scan", party)],
            link: [
                see(NOBODY, link, self.token),
                see(NOBODY, link, self.token, press=send),
                see(NOBODY, link, self.used, status=410),
                see(NOBODY, link, "nobody-has-sent-this", status=404),
                see("anna", "network:agreement", self.sent, press="Новая ссылка"),
            ],
        }

    def _of_events(self) -> dict[str, list[Visit]]:
        shown = [self.full, self.past, self.free]
        given = "events:certificates"
        return {
            "events:list": [
                see("anna", "events:list"),
                see("anna", "events:list", query="?state=draft"),
                see("irina", "events:list", query="?state=held"),
            ],
            "events:event": [
                *(see("anna", "events:event", one) for one in (*shown, self.event_draft)),
                *(see("irina", "events:event", one) for one in shown),
            ],
            "events:edit": [see("anna", "events:edit", self.event_draft)],
            "events:new": [
                see("anna", "events:new", self.item),
                see("anna", "events:new", self.item, press="Создать черновик"),
            ],
            "events:catalogue": [
                see(NOBODY, "events:catalogue"),
                see(NOBODY, "events:catalogue", query="?q=подводный"),
            ],
            "events:public": [see(NOBODY, "events:public", one) for one in shown],
            given: [
                see("anna", given, self.past),
                see("irina", given, self.past),
                see("anna", given, self.free),
            ],
        }

    def _of_groups(self) -> dict[str, list[Visit]]:
        first, second, third = self.groups
        register, roll, paste = "events:register", "events:children", "Вставьте список"
        ask = {"Сколько детей": "40"}
        return {
            register: [
                see("dina", register, self.free),
                see("dina", register, self.free, fill=ask, press="Занять места"),
                see("dina", register, self.full),
            ],
            "events:group": [
                see("irina", "events:group", first),
                see("vera", "events:group", third),
            ],
            roll: [
                see("oleg", roll, second),
                see("oleg", roll, second, fill={paste: CLASS}, press="Узнать детей"),
            ],
            "events:consents": [see("irina", "events:consents", first)],
            "events:done": [see("irina", "events:done", first)],
            "events:check": [
                see("igor", "events:check", self.full),
                see("igor", "events:check", self.past),
                see("igor", "events:check", self.full, query="?q=никто"),
                see("vera", "events:check", self.full, status=403),
            ],
        }

    def _of_the_rest(self) -> dict[str, list[Visit]]:
        home, check = "desk:today", "documents:verification"
        wrong = {"Имя для входа": "anna", "Пароль": "не тот"}
        return {
            home: [see(who, home) for who in ("anna", "irina", "vera", "igor", "maria", "head")],
            "desk:outbox": [see(NOBODY, "desk:outbox")],
            "people:sign_in": [
                see(NOBODY, "people:sign_in"),
                see(NOBODY, "people:sign_in", fill=wrong, press="Войти"),
            ],
            "documents:verify": [see(NOBODY, "documents:verify")],
            check: [see(NOBODY, check, self.code), see(NOBODY, check, "A" * 26)],
            "ui:gallery": [see(NOBODY, "ui:gallery"), see(NOBODY, "ui:gallery", query="?errors")],
            "ui:problem": [
                see(NOBODY, "ui:problem", name, status=status)
                for name, status in samples.PROBLEMS.items()
            ],
            "ui:base": [see(NOBODY, "ui:base", name) for name in samples.BASES],
            "nowhere": [Visit("anna", "/nowhere/", status=404)],
        }

    def files(self) -> dict[str, Visit]:
        """List the addresses that answer with a file."""
        pdf, sent = present(self.paper.pdf), present(self._sent_pdf())
        return {
            "documents:file": see("anna", "documents:file", pdf),
            "documents:linked_file": see(NOBODY, "documents:linked_file", self.token, sent),
            "events:certificates_pdf": see("irina", "events:certificates_pdf", self.past),
            "events:certificate_pdf": see("anna", "events:certificate_pdf", self.certificate),
        }

    def _sent_pdf(self) -> UUID | None:
        with reading(SYSTEM):
            file = Agreement.objects.get(pk=self.sent.pk).paper.pdf
        return file.public_id if file else None
