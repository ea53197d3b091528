"""Who may open and do what: a table written by hand, and whether it would notice a hole."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localtime

from tests.permitted import PERMITTED
from tests.world import (
    CANARY,
    CLAIMED,
    EMPTY_HOUSE,
    ENGINEER,
    FAMILY,
    FEED,
    HOW,
    INVITATION,
    INVITED,
    JOINING,
    LETTER,
    OF_CLASS,
    POLL,
    RECOVERED,
    TICKET,
    TOKEN,
    UNUSED,
    WISH,
    World,
    entrance_of,
)
from zveno.desk.pages import today
from zveno.documents.models import StoredFileQuerySet
from zveno.events import actions as events
from zveno.events.models import Event
from zveno.events.models.certificates import CertificateQuerySet
from zveno.events.models.events import EventQuerySet
from zveno.events.models.groups import GroupQuerySet
from zveno.kernel import clock
from zveno.kernel.actions import Action
from zveno.kernel.models import Entry
from zveno.kernel.reads import SEEN
from zveno.network import actions as network
from zveno.network.models import academic_year
from zveno.network.models.agreements import AgreementQuerySet
from zveno.network.models.lists import MemberListQuerySet
from zveno.network.tests import make as made
from zveno.people.models import Account, Post, persons
from zveno.people.tests.make import PASSWORD
from zveno.plan.models import PlanItemQuerySet, PlanTableQuerySet, present_digest

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ALONE = {"people:sign_out"}  # every visitor may leave, and nothing else happens
COLUMNS = 9
NOTED = uuid4()
OF_A_LIST = ("family_name", "given_name", "class")
Dig = Callable[[pytest.MonkeyPatch], None]
ROOMS = (
    *("ui", "desk", "people", "documents", "network", "organisations", "plan", "events"),
    *("webhooks", "correspondence", "learners"),
)


@dataclass(frozen=True)
class Row:
    """A line of a table: an address and what each kind of visitor gets."""

    name: str
    method: str
    path: str
    expected: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Read the table: lines of addresses below the method they are knocked at with."""
    method = ""
    for line in Path(__file__).with_name("matrix.txt").read_text().splitlines():
        name, *rest = line.split() or [""]
        if line in {"get", "post"}:
            method = line
        elif ":" in name and len(rest) == COLUMNS + 1:
            yield Row(name, method, rest[0], tuple(rest[1:]))


TABLE = list(rows())


def test_everybody_gets_what_the_table_says() -> None:
    world = World()

    found = list(surprises(world, TABLE))

    assert not found, "\n".join(found)


def test_every_address_stands_in_the_table() -> None:
    known = {row.name for row in TABLE} | ALONE

    assert set(addresses(get_resolver())) == known


def test_the_table_would_notice_each_hole() -> None:
    world = World()

    noticed = {name for name, (where, dig) in HOLES.items() if notices(world, where, dig)}

    assert len(HOLES) == 12
    assert noticed == set(HOLES)


def test_the_second_wall_closes_holes_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    for questions in WALLED:
        shows_all(questions)(monkeypatch)

    assert list(surprises(world, TABLE)) == []


def notices(world: World, where: str, dig: Dig) -> bool:
    """Tell whether the lines about one address notice a hole."""
    lines = [row for row in TABLE if row.name == where]
    with pytest.MonkeyPatch.context() as patch:
        dig(patch)
        return next(surprises(world, lines), None) is not None


def surprises(world: World, table: list[Row]) -> Iterator[str]:
    """Knock at every address as everybody; tell where the answer differs from the table."""
    clients = {who: visitor(account) for who, account in world.who.items()}
    for row in table:
        path = fill(world, row.path)
        for (who, client), expected in zip(clients.items(), row.expected, strict=True):
            with undone():
                before = deeds()
                got = answer(client, row, path, fields(world, row.name, who))
                changed = deeds() - before
            if got != expected:
                yield f"{row.method} {row.path} as {who}: {got}, not {expected}"
            elif changed and got.rstrip("*") not in {"200", "302"}:
                yield f"{row.method} {row.path} as {who}: {got}, yet something was done"


def deeds() -> int:
    """Count what was done, not what was shown."""
    return Entry.objects.exclude(verb=SEEN).count()


def visitor(account: Account | None) -> Client:
    """Sign somebody in."""
    client = Client(raise_request_exception=False)
    if account:
        client.force_login(account)
    return client


def answer(client: Client, row: Row, path: str, data: dict[str, Any]) -> str:
    """Return the status of an answer as the tables write it."""
    response = client.post(path, data) if row.method == "post" else client.get(path)
    body = b"".join(response) if response.streaming else response.content
    if response.status_code == 302 and response["Location"].startswith("/sign-in/"):
        return "in"
    return f"{response.status_code}{'*' * (CANARY.encode() in body)}"


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens inside; the door believes it is in the test's own transaction."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]
    with outer:
        yield
        transaction.set_rollback(True)


def fill(world: World, path: str) -> str:
    """Put public ids of the world's records in place of their names."""

    def key(found: re.Match[str]) -> str:
        record = getattr(world, found[1], None)
        if isinstance(record, Model):
            return str(getattr(record, "public_id", ""))
        tokens = {"token": TOKEN, "invited": INVITED, "recovered": RECOVERED, "joins": JOINING}
        tokens |= {"by_letter": LETTER, "by_poll": POLL, "by_invitation": INVITATION}
        tokens |= {"by_wish": WISH, "by_feed": FEED, "by_code": HOW}
        tokens |= {"by_class": OF_CLASS, "by_engineer": ENGINEER, "by_ticket": TICKET}
        tokens |= {"entrance": entrance_of(world.place)}
        tokens |= {"family": FAMILY, "claimed": CLAIMED, "unused": UNUSED}
        return (
            tokens
            | {"empty_house": EMPTY_HOUSE, "code": world.claim.code, "kind": "cooperation"}
            | {"first_year": str(world.child.first_year)}
            | {"of_child": f"{world.child.first_year}-{world.child.letter}"}
        )[found[1]]

    return re.sub(r"{(\w+)}", key, path)


def within(event: Event) -> datetime:
    """Return a minute of an event whose next one is of the same day and lies within it, too."""
    first = localtime(event.starts_at) + timedelta(minutes=1)
    whole = first.date() == (first + timedelta(minutes=1)).date()
    return first if whole else first + timedelta(minutes=2)


def fields(world: World, name: str, who: str) -> dict[str, Any]:
    """Return what a visitor types into the form at an address."""
    day = clock.today()
    later = day + timedelta(days=30)
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    photo = (Path(__file__).parent / "data/photo.png").read_bytes()
    senders = {"deputy_b": world.school_b, "outsider": world.school_c}
    sender = senders.get(who, world.school_a)
    event = {
        "title": "Экскурсия", "kind": "excursion", "day": f"{later:%d.%m.%Y}", "venue": "Цех",
        "starts": "10:00", "ends": "11:00", "grade_from": 5, "grade_to": 8, "capacity": 12,
    }  # fmt: skip
    terms = {
        "title": "Соглашение", "place": "Санкт-Петербург",
        "dated": f"{day:%d.%m.%Y}", "valid_until": f"{later:%d.%m.%Y}",
    }  # fmt: skip
    changes = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-point": "1",
        "form-0-text": "План встреч рабочей группы",
    }  # fmt: skip
    about = made.subject(world.school_a, world.college, programme="Сварщик")
    subject = {**about.facts, **made.sides_form(*about.shares)}
    visitor = world.who[who]
    post = Post.objects.filter(person=visitor.person).first() if visitor else None
    cluster = {
        "name": "Метрология", "sector": "instruments", "kind": "district", "aim": "Измерять",
        "territory": world.college.territory.public_id if world.college.territory else "",
        "founded_on": f"{day:%d.%m.%Y}",
    }  # fmt: skip
    programme = {
        "name": "Программа", "number": "15-2026", "kind": "grant", "funder": "Министерство",
        "begins": "01.01.2026", "ends": "31.12.2028",
    }  # fmt: skip
    sources = ("federal", "regional", "partners", "own")
    budget = {f"planned-{year}-{source}": "5" for year in (2026, 2027, 2028) for source in sources}
    founder = world.other_college if who == "foreign" else world.college
    season = {"name": "I четверть", "kind": "term"}
    season |= {"begins": f"02.09.{academic_year(day)}", "ends": f"20.10.{academic_year(day)}"}
    letter = {
        "key": NOTED, "to": "all", "subject": "Списки", "text": "Сверьте их.", "asks": "noted",
    }  # fmt: skip
    applicant = {"foreign": world.other_college, "coordinator": world.college}.get(who, sender)
    newcomer = {
        "name": "Детский сад № 6 (пример)", "kind": "preschool", "inn": "0010008489",
        "family_name": "Орехова", "given_name": "Ольга", "email": "sad@example.org",
    }  # fmt: skip
    meeting = {
        "key": NOTED, "subject": "План проб", "day": f"{later:%d.%m.%Y}", "begins": "10:00",
        "ends": "11:00", "place": "Цех", "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0,
        "form-0-text": "План года", "form-0-reporter": "Петрова А. И.",
    }  # fmt: skip
    slot = within(world.event)
    forms: dict[str, dict[str, Any]] = {
        "correspondence:new_meeting": meeting | {"members": [world.school_a.public_id]},
        "correspondence:edit_meeting": meeting,
        "correspondence:new_contact": {
            "key": NOTED,
            "keeper": founder.public_id,
            "name": "Завод «Вектор»",
            "kind": "call",
            "day": f"{day:%d.%m.%Y}",
            "about": "Практика",
        },
        "correspondence:contact": {
            "key": NOTED,
            "keeper": world.college.public_id,
            "name": "Завод «Вектор»",
            "kind": "visit",
            "day": f"{day:%d.%m.%Y}",
            "about": "Практика",
        },
        "correspondence:cancel_meeting": {"reason": "Нет света"},
        "correspondence:meeting_by_link": {"comes": "no"},
        "correspondence:answer_meeting": {"comes": "yes", "note": "Вдвоём"},
        "correspondence:minutes": {
            "chair": "Петрова А. И.",
            "secretary": "Белов К. Н.",
            "seen": 0,
            "heard-0": "План составлен",
            "decision-0-0-key": NOTED,
            "decision-0-0-text": "Составить график",
            "decision-0-0-post": world.post.public_id,
            "decision-0-0-due": f"{later:%d.%m.%Y}",
        },
        "network:invite_to_join": {"name": "Детский сад № 6", "email": "sad@example.org"},
        "network:apply": newcomer | {"organisation": applicant.public_id},
        "network:join_facts": newcomer,
        "network:decline_joining": {"reason": "Далеко ездить"},
        "network:decline_by_link": {"reason": "Далеко ездить"},
        "network:new_cluster": cluster | {"base": founder.public_id},
        "network:edit_cluster": cluster | {"founded_on": f"{world.cluster.founded_on:%d.%m.%Y}"},
        "network:change_role": {"role": "partner", "day": f"{later:%d.%m.%Y}"},
        "network:end_membership": {"last_day": f"{later:%d.%m.%Y}"},
        "network:hand_over": {"to": world.school_b.public_id},
        "network:split_cluster": {
            "name": "Метрология",
            "day": f"{day:%d.%m.%Y}",
            "base": world.school_b.public_id,
            "confirmed": "True",
            f"go-{world.school_b.public_id}": "both",
            f"go-{world.school_a.public_id}": "stays",
            f"go-{world.college.public_id}": "stays",
            f"go-{world.plant.public_id}": "stays",
        },
        "network:merge_cluster": {
            "into": world.cluster.public_id,
            "day": f"{day:%d.%m.%Y}",
            "confirmed": "True",
        },
        "network:edit_calendar": {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
        | {f"form-0-{name}": value for name, value in season.items()},
        "network:new_programme": programme | {"holder": founder.public_id},
        "network:edit_programme": programme,
        "network:edit_money": budget,
        "network:promise_contribution": {
            "giver": world.school_a.name if who == "coordinator" else sender.public_id,
            "receiver": world.college.public_id,
            "kind": "money",
            "what": "Перевод",
            "promised": "1 000",
        },
        "network:give_contribution": {"amount": "70", "day": "01.06.2026", "proof": scan},
        "network:return_contribution": {"reason": "Акт не тот"},
        "network:withdraw_contribution": {"reason": "Ошибка"},
        "network:add_participant": {"who": world.school_c.name, "day": "01.06.2026"},
        "network:end_participation": {"day": "01.06.2026"},
        "plan:wishes": {"until": f"{later:%d.%m.%Y}", "text": "До каникул"},
        "plan:decline_wish": {"reason": "Нет мастерской"},
        "plan:wish": {"key": NOTED, "title": "Конкурс чтецов", "month": 4, "hosts": "on"},
        "plan:take": {"host": world.college.public_id},
        "plan:settle": world.clash,
        "plan:leave": world.clash,
        "people:appoint": {"family_name": "Орехова", "role": "teacher"},
        "documents:books": {"pattern": "С-####"},
        "documents:words": {
            "kind": "person",
            "text": "Заяц Павел Ильич",
            "genitive": "Заяца Павла Ильича",
        },
        "network:wording": {
            "text": world.wording.text.replace("Предмет и цели", "Предмет"),
            "seen": world.wording.number,
            "agreement": world.agreement.public_id,
        },
        "documents:register_number": {
            "kind": "agreements",
            "number": 7001,
            "dated": f"{day:%d.%m.%Y}",
            "subject": "Договор",
            "reason": "Дан на бумаге",
        },
        "documents:cancel_number": {"reason": "Испорчен бланк"},
        "network:use_wording": {"number": 0},
        "network:use_template": {"number": 0},
        "people:stand_in": {"deputy": world.head_post.public_id, "until": f"{later:%d.%m.%Y}"},
        "people:invitation": {"sign_in_name": "orehova", "password": "short"},
        "people:forgotten": {"name": "nobody"},
        "people:choose_password": {"password": "short"},
        "people:remove_key": {"password": PASSWORD},
        "people:change_password": {"present": PASSWORD, "password": "three words for tests"},
        "people:help": {"reason": "Потерян телефон, просила сама"},
        "people:tokens": {
            "name": "Программа",
            "may": "read",
            "days": 30,
            "post": post.public_id if post else "",
        },
        "webhooks:webhooks": {
            "address": f"https://{PERMITTED}/",
            "kinds": ["event.announced"],
            "post": post.public_id if post else "",
        },
        "network:choose_member": {"organisation": world.school_c.name},
        "network:add_members": {"text": "Наименование\nГБОУ школа № 951 (пример)"},
        "organisations:bring": {"owner": world.college.public_id, "text": "Школа № 952"},
        "organisations:add_unit": {"kind": "building", "name": "Корпус 2"},
        "organisations:unit": {"kind": "building", "name": "Корпус 3"},
        "organisations:edit": {"kind": "school", "name": "Школа № 961 (пример)"},
        "organisations:turn": {"name": "Гимназия № 961 (пример)", "day": f"{day:%d.%m.%Y}"},
        "organisations:mend": {"cell-2-inn": "0010008489"},
        "network:start_agreement": terms,
        "network:amend": changes,
        "network:renew": terms | {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0},
        "network:edit_amendment": changes | {"form-0-text": "Другой план"},
        "network:accede": {"newcomer": world.school_b.public_id},
        "network:start_kind": terms | subject,
        "network:edit_subject": subject,
        "network:edit_terms": terms,
        "network:party": {
            "signatory": "Белова Ирина Андреевна",
            "signatory_post": "директор",
            "basis": "Устав",
            "acting": "действующей",
        },
        "network:mend_rows": {
            f"cell-{row}-{field}": "х" for row in range(3) for field in ("name", "inn")
        },
        "network:edit_obligations": {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 0,
            "form-0-role": "base",
            "form-0-text": "проводить 3 пробы",
            "form-0-unit": "events",
            "form-0-planned": 3,
        },
        "events:trip": {"rows": world.place.public_id},
        "events:travel": {"travels": "no"},
        "events:route": {"way": "foot", "gathers_where": "Школьный двор", "gathers_at": "11:30"},
        "events:escorts": {"name": "Орехова Светлана Юрьевна", "job": "учитель технологии"},
        "events:escort": {"said": "leads"},
        "events:care": {"needs": ["escort", "steps"]},
        "learners:destruction": {"child": world.child.public_id, "why": "left", "meant": "on"},
        "learners:hold": {"until": f"{later:%d.%m.%Y}", "reason": "Запрос прокуратуры"},
        "learners:retention": {
            "whose": sender.public_id,
            "category": "exports",
            "until": f"{later:%d.%m.%Y}",
            "reason": "Запрос прокуратуры",
        },
        "desk:exports": {
            "organisation": world.school_a.public_id,
            "kind": "children",
            "reason": "Сверка списков класса",
        },
        "network:new_offer": {
            "key": NOTED,
            "way": "offer",
            "kind": "visit",
            "text": "Рассказ инженера",
            "audience": "8–9 классы",
            "quantity": 2,
            "unit": "events",
            "begins": f"{day:%d.%m.%Y}",
            "ends": f"{later:%d.%m.%Y}",
        },
        "network:check": {
            "family_name": "Петрова",
            "given_name": "Анна",
            "patronymic": "Ильинична",
            "post": "директор",
            "basis": "Устав",
            "address": "Примерная улица, 5",
            "learners": "640",
            "teachers": "52",
        },
        "correspondence:new_letter": letter,
        "correspondence:edit_letter": letter,
        "correspondence:new_poll": {
            "key": NOTED,
            "to": "all",
            "title": "Группа",
            "minutes": 60,
            "due": f"{later:%d.%m.%Y}",
            "day-1": f"{later:%d.%m.%Y}",
            "time-1": "10:00",
            "day-2": f"{later:%d.%m.%Y}",
            "time-2": "12:00",
        },
        "correspondence:asked": dict.fromkeys(world.slots, "yes"),
        "correspondence:poll_by_link": dict.fromkeys(world.slots, "yes"),
        "correspondence:close_poll": {"slot": world.slots[0]},
        "correspondence:answer_letter": {"words": "Прочитали"},
        "correspondence:answer_by_link": {"words": "Прочитали"},
        "network:offer": {"amount": 2, "note": "Удобно в субботу"},
        "people:give_task": {
            "key": NOTED,
            "text": "Проверить наборы",
            "to": f"post:{post.public_id}" if post else "",
            "due": f"{later:%d.%m.%Y}",
        },
        "people:hearing": {"zone": "Europe/Moscow"},
        "people:setup": {"kind": "college", "name": "Колледж (пример)"},
        "people:setup_place": {"region": "Москва", "zone": "Europe/Moscow"},
        "people:setup_person": {"family_name": "Орехова"},
        "events:consents": {"place": world.place.public_id},
        "desk:family": {"name": "Абрамов Пётр", "relation": "father"},
        "desk:family_answer": {"purpose": "publication", "said": "no"},
        "learners:keep_consents": {"purpose": "trip", "rows": world.child.public_id},
        "learners:print_sheets": {"purpose": "trip", "rows": world.child.public_id},
        "learners:scans": {"file": SimpleUploadedFile("photo.png", photo, "image/png")},
        "learners:record_answers": {f"page-{world.scanned.public_id}": "given"},
        "learners:scan": {"sheet": world.awaited.public_id},
        "learners:remind_families": {"rows": world.child.public_id},
        "learners:family_codes": {"rows": world.child.public_id},
        "learners:consent_orders": {"number": "16-ПД", "dated": f"{day:%d.%m.%Y}"},
        "learners:guardians": {
            "name": "Абрамов Пётр",
            "relation": "father",
            "email": "papa@example.org",
        },
        "learners:restrict_guardian": {"reason": "Решение суда"},
        "network:change_signatory": {
            "signatory": "Белова Ирина",
            "signatory_post": "директор",
            "basis": "приказ № 5",
        },
        "network:refuse": {"reason": "Юрист против пункта 4.2"},
        "network:refuse_by_link": {"reason": "Юрист против пункта 4.2"},
        "network:withdraw_agreement": {"reason": "Ошибка в названии"},
        "network:terminate_agreement": {
            "reason": "Колледж закрывает площадку",
            "day": f"{day + timedelta(days=31):%d.%m.%Y}",
        },
        "network:report_obligation": {"key": NOTED, "amount": 3, "day": f"{day:%d.%m.%Y}"},
        "network:sign_party": {
            "file": scan,
            "sha256": world.pdf.sha256,
            "password": PASSWORD,
        },
        "network:ask_review": {"reviewer": world.colleague.public_id},
        "network:agree_review": {"seen": world.contract.mark},
        "network:review": {"remark": "Пункт 2.1: нет срока"},
        "network:signing_orders": {"number": "7", "dated": f"{day:%d.%m.%Y}"},
        "network:file_scan": {"file": scan},
        "network:sign": {"file": scan},
        "learners:add": {"family_name": "Иванов", "given_name": "И.", "label": "7А"},
        "learners:edit": {"family_name": "Иванова", "given_name": "Анна", "label": "7А"},
        "learners:count": {"label": "5В", "number": "24"},
        "events:class_calendar": {
            "first_year": str(world.child.first_year),
            "letter": world.child.letter,
        },
        "learners:offer": {"inn": world.school_b.inn, "basis": "заявление"},
        "learners:take": {"label": "5В"},
        "learners:place_rows": {f"house-{n}": world.school_a.public_id for n in range(1, 4)},
        "learners:bring_district": {"text": "Школа\tФИО\tКласс\nНет такой\tКим Ая\t5В"},
        "learners:bring": {"text": "Иванова Анна 5В", "label": ""},
        "learners:list_columns": {f"column-{n}": name for n, name in enumerate(OF_A_LIST)},
        "plan:obligation": {"title": "Проба", "month": day.month, "audience": ""},
        "plan:approval": {"digest": present_digest(world.year_plan)},
        "plan:copy": {"items": [world.last_item.public_id]},
        "plan:bring": {"text": "Мероприятие\tСрок\nДень карьеры\tапрель"},
        "plan:mend_rows": {"cell-2-when": "май"},
        "plan:new": {
            "title": "Установочная встреча",
            "month": day.month,
            "host": world.college.public_id,
        },
        "plan:edit": {
            "title": "Экскурсия в цех",
            "day": f"{day:%d.%m.%Y}",
            "host": world.school_a.public_id,
        },
        "plan:cancel": {"reason": "Ремонт площадки"},
        "plan:report": {"day": f"{day:%d.%m.%Y}", "report": "Пришли 24 школьника"},
        "plan:sections": {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 0,
            "form-0-place": 1,
            "form-0-name": "С обучающимися",
        },
        "events:cancel": {"why": "Ремонт площадки"},
        "events:handouts": {"file": SimpleUploadedFile("memo.pdf", b"%PDF-1.7 another")},
        "events:engineers": {
            "employer": world.plant.public_id,
            "role": "tell",
            "day": f"{slot:%d.%m.%Y}",
            "starts": f"{slot:%H:%M}",
            "ends": f"{slot + timedelta(minutes=1):%H:%M}",
            "people": 1,
        },
        "events:slot": {
            "name": "Жукова Мария Олеговна",
            "job": "инженер",
            "email": "zhukova@example.org",
        },
        "events:decline_slot": {"why": "Пуск линии"},
        "events:engineer": {"asked": 1, "answer": "comes"},
        "events:count_engineer": {"hours": 3},
        "events:design": {"look": "stripe", "accent": "blue", "words": "Участие: {событие}"},
        "events:diplomas": {f"award-{world.attended.public_id}": "first"},
        "events:thanks": {"others": "Орлов Пётр Ильич, инженер"},
        "events:void_certificate": {"why": "Ошибка в фамилии"},
        "events:registration": {"capacity": 40},
        "events:sessions": {
            "starts": f"{localtime(world.event.starts_at) + timedelta(weeks=1):%Y-%m-%dT%H:%M}"
        },
        "events:event_hours": {"hours": "2,5", "direction": "training"},
        "events:choose_level": {"level": "main"},
        "events:outside_hours": {
            "label": "6Б",
            "hours": "34",
            "direction": "lessons",
            "basis": "Россия – мои горизонты",
        },
        "events:how_it_was": {"key": NOTED, "liked": 4},
        "events:families": {"seats": 40},
        "events:check_families": {"code": world.visit.code, "came": "yes"},
        "events:phone": {
            "device": NOTED,
            "marks": f'[{{"key": "{NOTED}", "place": "{world.place.public_id}", "kind": "came",'
            f' "at": "{clock.now().isoformat()}"}}]',
        },
        "events:paper": {"numbers": "1"},
        "events:mark": {"came": f"yes {NOTED}"},
        "events:visit": {"key": NOTED, "people": 2, "email": "papa@example.org", "read": "on"},
        "events:ticket": {"comes": "no"},
        "events:move": event | {"why": "Ремонт площадки"},
        "events:new": event,
        "events:edit": event,
        "events:register": {"sender": sender.public_id, "seats": 1},
        "events:children": {"text": "Иванова Арина 6Б"},
    }
    return forms.get(name, {})


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """List the names of all addresses of the rooms."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and space in ROOMS:
            yield f"{space}:{pattern.name}"


def shows_all(questions: type[Any]) -> Dig:
    """Forget whom the rows are for."""
    return lambda patch: patch.setattr(questions, "visible_to", lambda rows, _: rows.all())


def lets_all(verb: Action[Any, Any, Any]) -> Dig:
    """Forget to judge."""
    return lambda patch: patch.setattr(verb, "rule", lambda *_: True)


# What somebody may forget, and the address whose lines notice it.
HOLES: dict[str, tuple[str, Dig]] = {
    "agreements seen by all": ("network:agreement", shows_all(AgreementQuerySet)),
    "drafts of events seen by all": ("events:event", shows_all(EventQuerySet)),
    "groups seen by all": ("events:group", shows_all(GroupQuerySet)),
    "plan items seen by all": ("events:new", shows_all(PlanItemQuerySet)),
    "posts that have ended still count": (
        "network:agreement",
        lambda patch: patch.setattr(persons, "_HELD", persons._HELD.replace("until >", "since <")),
    ),
    "anybody sends an agreement": ("network:send_agreement", lets_all(network.send_agreement)),
    "anybody files a scan": ("network:file_scan", lets_all(network.file_scan)),
    "anybody closes an event": ("events:hold", lets_all(events.hold_event)),
    "anybody issues certificates": (
        "events:issue_certificates",
        lets_all(events.issue_certificates),
    ),
    "anybody marks who came": ("events:mark", lets_all(events.check_in)),
    "anybody takes certificates back": ("events:undo_certificates", lets_all(events.undo_issue)),
    "a page forgets to ask who is there": (
        "desk:today",
        lambda patch: patch.setattr(today.today, "login_required", False, raising=False),
    ),
}
# Rows about people stand behind row-level security as well: a hole in the first wall shows nothing.
WALLED = (MemberListQuerySet, PlanTableQuerySet, StoredFileQuerySet, CertificateQuerySet)
