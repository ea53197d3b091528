"""What the demonstration tells of a programme and its money: all of it invented."""

from datetime import date, timedelta
from decimal import Decimal

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network import actions as network
from zveno.network.actions import Gift, Planned, ProgrammeFacts, Promise
from zveno.network.models import Cluster, Contribution, Obligation, Programme
from zveno.organisations import actions as organisations
from zveno.organisations.actions import Passport
from zveno.organisations.models import Organisation

PLANNED = {"federal": "24000000", "regional": "6000000", "partners": "9500000.50", "own": "1200000"}
EQUIPMENT = ("equipment", "Пресс учебного участка (пример)", "3200000")
PRESS = Decimal("3150000.50")
WORK = ("hours", "Инженеры ведут практику (пример)", "150000")
MONEY = ("money", "Перевод на инструмент (пример)", "500000")
TRANSFER = Decimal(350000)
LICENCES = ("equipment", "Лицензии на программы (пример)", "240000")
LESSONS = ("hours", "Занятия для педагогов (пример)", "36000")
ACT = Upload("акт (пример).pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")
COME = {"federal": "24000000", "regional": "4750000.40", "own": "610000"}


def tell_of_funding(anna: Actor, cluster: Cluster) -> Programme:
    """Found a programme of three years that the college holds; its clusters take part."""
    year, college = clock.today().year, cluster.base
    facts = ProgrammeFacts(
        number=f"15-{year - 1} (пример)",
        name="Центр подготовки кадров для робототехники (пример)",
        kind=Programme.Kind.FEDERAL,
        funder="Министерство просвещения (пример)",
        begins=date(year - 1, 1, 1),
        ends=date(year + 1, 12, 31),
    )
    made = network.found_programme(anna, college.public_id, facts=facts)
    lines = [
        Planned(each, source, Decimal(amount), _come(each, year, source))
        for each in made.years
        for source, amount in PLANNED.items()
    ]
    network.keep_money(anna, made.public_id, lines=lines)
    network.let_take_part(anna, made.public_id, who=college, day=made.begins)
    joined = max(made.begins, cluster.founded_on)
    network.let_take_part(anna, made.public_id, who=cluster, day=joined)
    _partners(anna, made, cluster)
    return made


def _partners(anna: Actor, programme: Programme, cluster: Cluster) -> None:
    """Let partners promise and give: something in every state, all noted by the coordinator."""
    plant = _employer(anna, programme, "АО «Завод приводов» (пример)")
    software = _employer(anna, programme, "ООО «Мехатроника» (пример)")
    _confirmed(anna, _promised(anna, programme, plant, EQUIPMENT), Gift(_ago(80), ACT, PRESS))
    _confirmed(
        anna,
        _promised(anna, programme, plant, WORK),
        Gift(_ago(40), ACT, hours=Decimal("64.5"), rate=Decimal(1850)),
    )
    _given(anna, _promised(anna, programme, software, MONEY), Gift(_ago(5), ACT, TRANSFER))
    network.withdraw_contribution(
        anna,
        _promised(anna, programme, software, LICENCES).public_id,
        reason="Лицензии переданы по другому договору (пример)",
    )
    centre = cluster.memberships.get(role="methodical_operator").organisation
    hours = Obligation.objects.filter(agreement__cluster=cluster, unit="hours").first()
    _promised(anna, programme, centre, LESSONS, hours)


def _employer(anna: Actor, programme: Programme, name: str) -> Organisation:
    key = programme.holder.public_id
    return organisations.add_organisation(anna, key, passport=Passport("employer", name))


def _promised(
    anna: Actor,
    programme: Programme,
    giver: Organisation,
    said: tuple[str, str, str],
    obligation: Obligation | None = None,
) -> Contribution:
    kind, what, amount = said
    promise = Promise(giver, programme.holder, kind, what, Decimal(amount), obligation)
    return network.promise_contribution(anna, programme.public_id, promise=promise)


def _given(anna: Actor, one: Contribution, gift: Gift) -> None:
    network.give_contribution(anna, one.public_id, gift=gift)


def _confirmed(anna: Actor, one: Contribution, gift: Gift) -> None:
    _given(anna, one, gift)
    network.confirm_contribution(anna, one.public_id)


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _come(each: int, year: int, source: str) -> Decimal:
    """Return what has come by now: all of last year, a part of this one."""
    come = Decimal(COME.get(source, "0"))
    return come if each < year else come / 4 if each == year else Decimal()
