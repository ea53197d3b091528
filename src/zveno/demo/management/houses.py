"""What the demonstration tells of single organisations: contacts, units, what happened to them."""

from datetime import date, timedelta
from uuid import UUID

from zveno.demo.management.work import tell_of_work
from zveno.documents.actions import Given, register_number
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network import actions as network
from zveno.network.actions import Order
from zveno.network.models import Method
from zveno.organisations import actions as organisations
from zveno.organisations.actions import Card, Passport, Turn, UnitFacts
from zveno.organisations.models import Organisation

What = Turn.What


def tell_of_houses(anna: Actor, college: Organisation) -> None:
    """Let the college show its contacts, units, tasks; tell of others, one entered twice."""
    order = Order("112-О (пример)", clock.today() - timedelta(days=400))
    network.switch_signing_on(anna, college.public_id, method=Method.SIMPLE, order=order)
    organisations.change_card(
        anna,
        college.public_id,
        card=Card(
            college.kind,
            college.name,
            college.short_name,
            college.inn,
            email="college@example.org",
            phone="+70000000000",
            site="https://example.org/",
            address="Санкт-Петербург, Примерная улица, дом 1 (пример)",
        ),
    )
    building = organisations.add_unit(
        anna, college.public_id, facts=UnitFacts("building", "Учебный корпус (пример)")
    )
    for kind, name in (
        ("laboratory", "Лаборатория робототехники (пример)"),
        ("competence_centre", "Центр инженерных компетенций (пример)"),
    ):
        organisations.add_unit(anna, college.public_id, facts=UnitFacts(kind, name), above=building)
    _enter_by_hand(anna, college)
    _school(anna, Organisation.objects.get(inn="0010007742"))
    _kindergartens(anna, college.public_id, Organisation.objects.get(inn="0010008859"))
    _twins(anna, college.public_id)
    tell_of_work(anna, college)


def _school(anna: Actor, school: Organisation) -> None:
    """Rename a school twice, as schools are."""
    older = "ГБОУ школа № 900 с углублённым изучением физики (пример)"
    for day, name in ((date(2012, 9, 1), older), (date(2021, 9, 1), school.name)):
        organisations.note_turn(anna, school.public_id, turn=Turn(What.RENAMED, day, name=name))


def _twins(anna: Actor, college: UUID) -> None:
    """Let two people have entered one technopark, each in their own words."""
    for name in ("Технопарк «Радуга» (пример)", "технопарк Радуга (пример)"):
        organisations.add_organisation(anna, college, passport=Passport("technopark", name))


def _kindergartens(anna: Actor, college: UUID, other: Organisation) -> None:
    """Let a kindergarten join another one."""
    small = organisations.add_organisation(
        anna, college, passport=Passport("preschool", "ГБДОУ детский сад № 919 (пример)")
    )
    organisations.note_turn(
        anna,
        small.public_id,
        turn=Turn(What.MERGED, date(2023, 9, 1), successors=[other]),
    )


def _enter_by_hand(anna: Actor, college: Organisation) -> None:
    """Tell the book of a paper that was signed before the college used Zveno."""
    given = Given(
        number=12,
        dated=clock.today() - timedelta(days=200),
        subject="Договор о практике студентов",
        reason="подписан на бумаге до начала работы в Звене",
    )
    register_number(anna, college.public_id, kind="agreements", given=given)
