"""What the gallery shows: organisations of the founding articles, everything else made up."""

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils import timezone

from zveno.ui.charts import Chart, Indicator, Line
from zveno.ui.choosing import Choice, ComboField
from zveno.ui.faces import Cell, ChainLink, Face, Found, Option
from zveno.ui.inputs import ClockField, DayField, PastedField
from zveno.ui.maps import Area, Plan, Spot
from zveno.ui.networks import Mark, Network, Node
from zveno.ui.weeks import Block

PROBLEMS = {"400": 400, "403": 403, "404": 404, "409": 409, "429": 429, "500": 500, "offline": 200}
BASES = ("public", "auth", "phone", "bare")
_SESSIONS = [
    ("1", Option("12:30, Цифровое производство", "12 детей поместятся вместе", "свободно 13")),
    ("2", Option("10:00, Лаборатория мехатроники", "4 ребёнка попадут в очередь", "свободно 8")),
    ("3", Option("12:30, Лаборатория робототехники", closed="5–6 классы: возраст не подходит")),
]
_AGES = [("1", "Дошкольники"), ("2", Option("Школьники", "5–9 классы")), ("3", "Студенты")]
_MONTHS = ("сен", "окт", "ноя", "дек", "янв", "фев", "мар", "апр", "май")
_CAME = (41, 58, 61, 74, 70, 82, 96, None, 120)
_RETURNED = (12, 22, 31, 30, 38, 45, 52, 60, 69)
_CHART = Chart(
    "Дети на событиях", _MONTHS, [Line("Пришли", _CAME), Line("Вернулись", _RETURNED)], "детей"
)
_INDICATORS = [
    Indicator(
        "Вернулись на второе событие",
        "69",
        "%",
        "цель 65 %",
        Face("Цель достигнута", "ok", "check"),
        _RETURNED,
        65,
    ),
    Indicator(
        "Педагогов обучено",
        "41",
        "из 60",
        "цель к июню 60",
        Face("Отстаём", "warn", "clock"),
        _CAME,
    ),
    Indicator(
        "Практик внедрено", "0", "", "цель 3", Face("Не начато", "bad", "warn"), (0, 0, 0), 3
    ),
]
_PLAN = Plan(
    "Два района, в них две школы и детский сад",
    [
        Area("Петроградский район", [Spot("Школа № 47 (пример)"), Spot("Школа № 86 (пример)")]),
        Area("Приморский район", [Spot("Детский сад № 9 (пример)", kind="kg")]),
    ],
)
_NETWORK = Network(
    "Колледж в центре, вокруг него 6 участников",
    Node("Колледж автоматизации производства (пример)", "Колледж автоматизации производства"),
    [
        Node("ИМЦ (пример)", "ИМЦ", kind="imc", words="методцентр", url="#imc", weight=4),
        Node(
            "Школа № 47 (пример)",
            "Школа № 47",
            words="школа",
            note="12 событий",
            url="#47",
            weight=5,
        ),
        Node(
            "Школа № 86 (пример)",
            "Школа № 86",
            words="школа",
            note="9 событий",
            url="#86",
            weight=3,
        ),
        Node(
            "Завод-партнёр (пример)", "Завод-партнёр", kind="emp", words="работодатель", url="#emp"
        ),
        Node(
            "Детский сад № 12 (пример)",
            "Д/с № 12",
            kind="kg",
            words="детский сад",
            note="молчит 41 день",
            url="#12",
            silent=True,
        ),
        Node("Дом творчества (пример)", "Дом творчества", words="доп. образование"),
    ],
    [
        Mark("hub", "Базовая организация"),
        Mark("imc", "Методцентр"),
        Mark("school", "Школы"),
        Mark("kg", "Детские сады"),
        Mark("emp", "Работодатели"),
    ],
)
_SCHOOLS = [
    Choice(UUID(int=1), "ГБОУ школа № 47 (пример)", "0010009966"),
    Choice(UUID(int=2), "ГБОУ СОШ № 147 (пример)", "0010007742"),
    Choice(UUID(int=3), "Гимназия № 470 (пример)"),
]
_FOUND = [
    Found("Записать группу на событие", "действие", "#register", "users"),
    Found("Школа № 47", "Робототехника и инженерное дело", "#47", "users"),
    Found("Инженерные выходные: собери своего робота", "28 ноября 2026", "#event", "cal"),
]
_WRONG = {
    "title": "",
    "day": "31.11.2026",
    "clock": "",
    "place": "",
    "school": "47",
    "seats": "-2",
    "rows": "",
    "session": "1",
}


class SampleCombo(ComboField):
    """A field that chooses one of three schools."""

    def find(self, words: str) -> list[Choice]:
        """Return those whose name holds the words."""
        return [one for one in _SCHOOLS if words.casefold() in one.words.casefold()]

    def pick(self, key: UUID) -> Choice | None:
        """Return the one with this key."""
        return next((one for one in _SCHOOLS if one.key == key), None)


def options(words: str) -> list[Choice]:
    """Return what the gallery's field finds."""
    return SampleCombo().find(words)


class SampleForm(forms.Form):
    """A form with a field of every kind."""

    title = forms.CharField(label="Название события", help_text="Так его увидят семьи")
    day = DayField(label="Дата", help_text="Например, 28.11.2026")
    clock = ClockField(label="Начало", required=False)
    place = forms.ChoiceField(
        label="Площадка", choices=[("", "Выберите"), ("1", "Лаборатория робототехники")]
    )
    school = SampleCombo(
        label="Школа", help_text="Название, номер или ИНН", url="/ui/", required=False
    )
    seats = forms.IntegerField(label="Мест", min_value=1)
    rows = PastedField(label="Вставьте список из Excel, Word или журнала")
    scan = forms.FileField(label="Скан", help_text="PDF до 20 МБ", required=False)
    password = forms.CharField(
        label="Пароль", widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    session = forms.ChoiceField(label="Сессия", choices=_SESSIONS, widget=forms.RadioSelect)
    ages = forms.MultipleChoiceField(
        label="Для кого", choices=_AGES, widget=forms.CheckboxSelectMultiple, initial=["2"]
    )
    sure = forms.BooleanField(
        label="Действую по доверенности № 114", help_text="Скан приложен к карточке"
    )


def everything(*, wrong: bool) -> dict[str, object]:
    """Return the context of the gallery; ``wrong`` sends the form with mistakes."""
    start = timezone.now().replace(hour=7, minute=0, second=0) + timedelta(days=7)
    form = SampleForm(_WRONG) if wrong else SampleForm()
    return {
        "form": form,
        "start": start,
        "end": start + timedelta(hours=2),
        "later": start + timedelta(days=2),
        "steps": ["Таблица", "Столбцы", "Строки", "Итог"],
        "signed": Face("Подписано", "ok", "check"),
        "stages": [
            ChainLink(186, "воспитанников детских садов"),
            ChainLink(742, "школьника на событиях"),
            ChainLink(58, "поступили в колледж"),
            ChainLink(19, "на практике у работодателя"),
        ],
        "cells": [
            Cell(
                "r1",
                "31.02.2013",
                "Дата рождения",
                "В феврале нет 31-го",
                r"^[0-2]\d\.\d\d\.\d{4}$",
            ),
            Cell("r2", "7Ю", "Класс", "В школе нет такого: есть А, Б, В", "^[1-9][АБВ]$"),
            Cell("r3", "7А", "Класс"),
        ],
        "monday": timezone.localdate(_monday()),
        "blocks": _blocks(_monday()),
        "chart": _CHART,
        "indicators": _INDICATORS,
        "network": _NETWORK,
        "plan": _PLAN,
        "facts": {"@context": "https://schema.org", "@type": "Consortium", "name": "Кластер"},
        "found": _FOUND,
    }


def _monday() -> datetime:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def _blocks(monday: datetime) -> list[Block]:
    def at(day: int, hour: float, length: float, title: str, **facts: str) -> Block:
        start = monday + timedelta(days=day, hours=hour)
        return Block(start, start + timedelta(hours=length), title, **facts)  # type: ignore[arg-type]

    return [
        at(0, 9, 1.5, "Школа № 47, 7 «А»", note="12 детей", url="#47"),
        at(0, 10.5, 0.5, "Уборка", kind="service"),
        at(0, 11, 2, "Свободное окно", kind="free", url="#free"),
        at(1, 10, 2, "Школа № 86, 6 «Б»", note="16 детей", url="#86", kind="bad"),
        at(1, 11, 2, "Гимназия № 70", note="18 детей", url="#70", kind="bad"),
        at(2, 14, 2, "Инженерные выходные", url="#event", kind="chosen"),
        at(4, 15.5, 3, "Курс для педагогов", note="кабинет 214"),
    ]
