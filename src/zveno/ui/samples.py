"""What the gallery shows: organisations of the founding articles, everything else made up."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from zveno.ui.faces import Cell, ChainLink, Face, Option
from zveno.ui.inputs import ClockField, DayField, PastedField

PROBLEMS = {"400": 400, "403": 403, "404": 404, "409": 409, "429": 429, "500": 500, "offline": 200}
BASES = ("public", "auth", "phone", "bare")
_SESSIONS = [
    ("1", Option("12:30, Цифровое производство", "12 детей поместятся вместе", "свободно 13")),
    ("2", Option("10:00, Лаборатория мехатроники", "4 ребёнка попадут в очередь", "свободно 8")),
    ("3", Option("12:30, Лаборатория робототехники", closed="5–6 классы: возраст не подходит")),
]
_AGES = [("1", "Дошкольники"), ("2", Option("Школьники", "5–9 классы")), ("3", "Студенты")]
_WRONG = {
    "title": "",
    "day": "31.11.2026",
    "clock": "",
    "place": "",
    "seats": "-2",
    "rows": "",
    "session": "1",
}


class SampleForm(forms.Form):
    """A form with a field of every kind."""

    title = forms.CharField(label="Название события", help_text="Так его увидят семьи")
    day = DayField(label="Дата", help_text="Например, 28.11.2026")
    clock = ClockField(label="Начало", required=False)
    place = forms.ChoiceField(
        label="Площадка", choices=[("", "Выберите"), ("1", "Лаборатория робототехники")]
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
    }
