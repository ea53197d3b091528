"""What programs send to each verb, in the small world of ``tests.world``."""

import base64
from datetime import timedelta
from typing import Any

from tests.permitted import PERMITTED
from tests.world import World, present
from zveno.kernel import clock
from zveno.network.models import academic_year
from zveno.network.tests.make import PROGRAMME
from zveno.people.models import Account, Post
from zveno.webhooks.tests import make as webhooks

SCAN = base64.b64encode(b"%PDF-1.7\n%%EOF\n").decode()


def bodies(world: World, who: Account) -> dict[str, Any]:
    """Return the body of each verb that takes one, as ``who`` would send it."""
    soon = clock.now() + timedelta(days=30)
    day = clock.today()
    terms = {
        "title": "Соглашение о пробах",
        "place": "Санкт-Петербург",
        "dated": f"{day}",
        "valid_until": f"{day + timedelta(days=365)}",
    }
    sides = [(world.school_a, "home"), (world.college, "participant")]
    shares = [
        {"organisation": str(one.public_id), "side": side, "part": "36 часов", "gives": "цех"}
        for one, side in sides
    ]
    owed = [{"role": "base", "text": "проводить 3 пробы", "unit": "events", "planned": 3}]
    facts = {
        "title": "Экскурсия", "kind": "excursion", "venue": "Цех", "grade_from": 5, "grade_to": 8,
        "starts_at": soon.isoformat(), "ends_at": (soon + timedelta(hours=2)).isoformat(),
        "capacity": 12,
    }  # fmt: skip
    programme = {
        "number": "15-2026", "name": "Программа", "kind": "grant", "funder": "Министерство",
        "begins": "2026-01-01", "ends": "2028-12-31",
    }  # fmt: skip
    letter = {
        "subject": "Списки", "text": "Сверьте их.", "asks": "noted", "due": f"{day}",
        "members": [str(world.school_b.public_id)], "files": [{"name": "a.pdf", "data": SCAN}],
    }  # fmt: skip
    sender = Post.objects.filter(person=present(who.person)).earliest("pk").organisation
    seats = {"sender": str(sender.public_id), "seats": 1}
    call = {
        "subject": "План проб", "place": "Цех", "begins_at": soon.isoformat(),
        "ends_at": (soon + timedelta(hours=1)).isoformat(), "agenda": [{"text": "План года"}],
    }  # fmt: skip
    return {
        "correspondence.note_contact": {
            "day": f"{day}", "kind": "call", "name": "Завод «Вектор»", "about": "Практика",
        },
        "correspondence.change_contact": {
            "day": f"{day}", "kind": "visit", "name": "Завод «Вектор»", "about": "Практика",
        },
        "correspondence.call_meeting": call | {"members": [str(world.school_a.public_id)]},
        "correspondence.change_meeting": call,
        "correspondence.cancel_meeting": {"reason": "Нет света"},
        "correspondence.answer_invitation": {"comes": True, "note": "Вдвоём"},
        "correspondence.write_minutes": {
            "chair": "Петрова А. И.", "secretary": "Белов К. Н.",
            "heard": [
                {"item": str(one.public_id), "heard": "План"}
                for one in world.held_meeting.items.all()
            ],
        },
        "webhooks.subscribe": {
            "address": f"https://{PERMITTED}/",
            "kinds": ["event.announced"],
            "secret": webhooks.SECRET,
        },
        "documents.set_numbering": {"kind": "agreements", "pattern": "С-####"},
        "documents.remember_form": {
            "kind": "person", "text": "Заяц Павел Ильич", "genitive": "Заяца Павла Ильича",
        },
        "correspondence.write_letter": letter,
        "correspondence.start_poll": {
            "title": "Рабочая группа", "due": f"{day}", "members": letter["members"],
            "starts": [soon.isoformat(), (soon + timedelta(hours=2)).isoformat()],
        },
        "correspondence.answer_poll": {
            "votes": [{"slot": key, "value": "yes"} for key in world.slots]
        },
        "correspondence.close_poll": {"slot": world.slots[0]},
        "correspondence.change_letter": letter,
        "correspondence.answer_letter": {"words": "Прочитали"},
        "network.post_offer": {
            "way": "offer", "kind": "visit", "text": "Рассказ инженера", "quantity": 2,
            "unit": "events", "begins": f"{day}", "ends": f"{day + timedelta(days=9)}",
        },
        "network.confirm_facts": {
            "family_name": "Петрова", "given_name": "Анна", "patronymic": "Ильинична",
            "post": "директор", "basis": "Устав", "address": "Примерная улица, 5",
            "learners": 640, "teachers": 52,
        },
        "network.express_interest": {"amount": 2, "note": "Удобно в субботу"},
        "people.give_task": {"text": "Проверить наборы", "due": f"{day}", "role": "teacher"},
        "network.found_cluster": {
            "name": "Метрология", "kind": "district", "sector": "instruments",
        },
        "network.change_cluster": {"name": "Метрология", "kind": "vet", "sector": "instruments"},
        "network.found_programme": programme,
        "network.change_programme": programme,
        "network.keep_money": {
            "lines": [{"year": 2026, "source": "federal", "planned": "1200000.50", "fact": "5"}]
        },
        "network.let_take_part": {
            "kind": "organisation", "who": str(world.school_c.public_id), "day": "2026-06-01",
        },
        "network.end_participation": {"day": "2026-06-01"},
        "network.promise_contribution": {
            "giver": str(world.school_a.public_id), "receiver": str(world.college.public_id),
            "kind": "money", "what": "Перевод", "promised": "1000.50",
        },
        "network.give_contribution": {
            "day": "2026-06-01", "amount": "70", "proof": {"name": "акт.pdf", "data": SCAN},
        },
        "network.return_contribution": {"reason": "Акт не тот"},
        "network.withdraw_contribution": {"reason": "Ошибка"},
        "network.split_cluster": {
            "name": "Приборы", "kind": "district", "sector": "",
            "base": str(world.school_b.public_id),
            "members": [str(world.school_b.public_id)],
            "staying": [str(world.school_b.public_id)], "day": f"{day}",
        },
        "network.merge_cluster": {"into": str(world.cluster.public_id), "day": f"{day}"},
        "network.hand_over": {"to": str(world.school_b.public_id)},
        "network.invite_to_join": {"name": "Детский сад № 6", "email": "sad@example.org"},
        "network.apply_to_join": {"cluster": str(world.other_cluster.public_id)},
        "network.decline_joining": {"reason": "Далеко ездить"},
        "network.end_membership": {"last_day": f"{day}"},
        "network.change_role": {"role": "partner", "day": f"{day + timedelta(days=30)}"},
        "network.keep_calendar": {
            "year": 2026,
            "seasons": [
                {"kind": "term", "name": "I", "begins": "2026-09-01", "ends": "2026-10-23"}
            ],
        },
        "network.bring_members": {"text": "Наименование\nГБОУ школа № 952 (пример)"},
        "organisations.add_territory": {"kind": "district", "name": "Гдовский район"},
        "organisations.bring_organisations": {"text": "Наименование\nШкола № 956 (пример)"},
        "organisations.add_unit": {"kind": "building", "name": "Корпус 2"},
        "organisations.change_unit": {"kind": "building", "name": "Корпус 3"},
        "organisations.change_card": {"kind": "school", "name": "Школа № 961 (пример)"},
        "organisations.note_turn": {"what": "closed", "day": f"{day}"},
        "organisations.merge": {"gone": str(world.stewarded.public_id)},
        "organisations.tell_apart": {"other": str(world.school_b.public_id)},
        "organisations.suspect_again": {"other": str(world.school_b.public_id)},
        "organisations.take_turn_back": {"day": "2020-02-01"},
        "organisations.choose_columns": {"mapping": {"0": "name"}, "remember": {"ИНН": "inn"}},
        "organisations.mend_organisations": {"mends": {"2": {"inn": "0010008489"}}},
        "network.mend_rows": {"mends": {"2": {"name": "Школа № 953 (пример)"}}, "kept": {}},
        "network.map_columns": {"mapping": {"0": "name", "1": "inn"}},
        "documents.register_number": {
            "kind": "agreements", "number": 7001, "dated": f"{day}", "subject": "Договор",
            "reason": "Дан на бумаге",
        },
        "documents.cancel_number": {"reason": "Испорчен бланк"},
        "network.save_wording": {
            "kind": "cooperation",
            "text": world.wording.text.replace("Предмет и цели", "Предмет"),
            "seen": world.wording.number,
        },
        "network.use_wording": {"kind": "cooperation", "number": 0},
        "network.start_agreement": terms | {"obligations": owed},
        "network.change_terms": terms,
        "network.start_accession": {"newcomer": str(world.school_b.public_id)},
        "network.renew_agreement": terms,
        "network.ask_review": {"reviewer": str(world.colleague.public_id)},
        "network.start_amendment": {"changes": [{"point": "2", "text": "Список мастерских"}]},
        "network.change_amendment": {"changes": [{"point": "1", "text": "Другой план"}]},
        "network.change_subject": {"facts": PROGRAMME, "shares": shares},
        "network.change_obligations": {"obligations": owed},
        "network.put_right": {
            "signatory": "Белова Ирина Андреевна", "signatory_post": "директор", "basis": "Устав",
        },
        "network.file_scan": {"name": "скан.pdf", "data": SCAN},
        "network.change_signatory": {
            "signatory": "Белова Ирина", "signatory_post": "директор", "basis": "приказ № 5",
        },
        "network.withdraw_agreement": {"reason": "Ошибка в названии"},
        "network.terminate_agreement": {"day": f"{day + timedelta(days=31)}", "reason": "Ошибка"},
        "network.report_fulfilment": {"day": f"{day}", "amount": 3, "note": "Занятие"},
        "learners.add_child": {"family_name": "Иванов", "given_name": "И.", "grade": 7},
        "learners.change_child": {"family_name": "Иванова", "given_name": "Анна", "grade": 7},
        "learners.withdraw_consent": {"purpose": "trip"},
        "learners.keep_consents": {"children": [str(world.child.public_id)], "purpose": "trip"},
        "learners.count_class": {"grade": 5, "letter": "В", "number": 24},
        "plan.plan_obligation": {"title": "Проба", "month": day.month},
        "plan.keep_sections": {"year": academic_year(day), "sections": [{"name": "С родителями"}]},
        "plan.copy_plan": {
            "year": academic_year(day), "items": [str(world.last_item.public_id)],
        },
        "plan.bring_plan": {
            "year": academic_year(day), "text": "Мероприятие\tСрок\nДень карьеры\tапрель",
        },
        "plan.mend_plan": {"mends": {"2": {"when": "май"}}, "kept": {}},
        "plan.map_plan_columns": {"mapping": {"0": "title", "1": "when"}},
        "plan.add_item": {
            "year": academic_year(day), "title": "Встреча", "month": day.month,
            "host": str(world.college.public_id),
        },
        "plan.change_item": {
            "title": "Экскурсия в цех", "day": f"{day}", "host": str(world.school_a.public_id),
        },
        "plan.take_item": {
            "cluster": str(world.small.public_id), "host": str(world.college.public_id),
        },
        "plan.decline_wish": {"reason": "Нет мастерской"},
        "plan.cancel_item": {"reason": "Ремонт площадки"},
        "plan.report_item": {"day": f"{day}", "report": "Пришли 24 школьника"},
        "events.cancel_event": {"why": "Ремонт площадки"},
        "events.offer_slot": {
            "employer": str(world.plant.public_id), "role": "tell",
            "starts_at": world.event.starts_at.isoformat(),
            "ends_at": world.event.ends_at.isoformat(),
        },
        "events.decline_slot": {"why": "Пуск линии"},
        "events.name_engineer": {
            "name": "Жукова Мария Олеговна", "job": "инженер", "email": "zhukova@example.org",
        },
        "events.count_engineer": {"hours": 3},
        "events.attach_file": {"name": "Памятка.pdf", "data": SCAN},
        "events.set_design": {
            "kind": "diploma", "look": "stripe", "accent": "blue", "words": "Участие: {событие}",
        },
        "events.issue_diplomas": {
            "awards": [{"place": str(world.attended.public_id), "award": "first"}],
        },
        "events.issue_thanks": {"others": [{"name": "Орлов Пётр Ильич", "job": "инженер"}]},
        "events.void_certificate": {"why": "Ошибка в фамилии"},
        "events.move_event": {
            "starts_at": soon.isoformat(), "ends_at": (soon + timedelta(hours=2)).isoformat(),
            "venue": "Цех", "why": "Ремонт площадки",
        },
        "events.change_hours": {"hours": "2.5", "direction": "training"},
        "events.choose_level": {"level": "main"},
        "events.enter_hours": {
            "year": academic_year(day), "grade": 6, "letter": "Б", "direction": "lessons",
            "hours": "34", "basis": "Россия – мои горизонты",
        },
        "events.open_to_families": {"seats": 40},
        "events.set_registration": {"capacity": 40, "most": 20},
        "events.make_event": facts,
        "events.add_sessions": {"starts": [soon.isoformat()]},
        "events.change_event": facts,
        "events.reserve_seats": seats,
        "events.join_waiting_list": seats,
        "events.list_children": {
            "children": [{"family_name": "Иванова", "given_name": "Арина", "grade": 6}],
        },
        "events.send_marks": {
            "device": "5f0c2c52-9f0e-4c43-8f5a-3d5b0d8f2a11",
            "marks": [
                {
                    "key": "0b6a4e0e-57f4-4a55-9a3e-0d1f0a6d7c22",
                    "place": str(world.place.public_id),
                    "kind": "came",
                    "at": clock.now().isoformat(),
                }
            ],
        },
        "events.say_travel": {"travels": False},
        "events.add_escort": {"name": "Орехова Светлана Юрьевна", "job": "учитель технологии"},
        "events.remove_escort": {"escort": str(world.escort.public_id)},
        "events.name_leader": {"escort": str(world.escort.public_id)},
        "events.plan_route": {"way": "foot", "gathers_at": "11:30"},
        "events.keep_trip_consents": {"places": [str(world.place.public_id)]},
        "events.keep_consents": {"places": [str(world.place.public_id)]},
    }  # fmt: skip
