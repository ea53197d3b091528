"""Names of people: heads of organisations and children, however a table writes them."""

import pytest

from tests.engines.tables_kit import checked, children, codes, pasted
from zveno.engines.tables import solve


@pytest.mark.parametrize(
    ("text", "post", "name"),
    [
        ("Директор (пример) Соколов Андрей Викторович", "Директор (пример)", "Соколов Андрей"),
        ("Соколов Андрей Викторович, директор", "директор", "Соколов Андрей"),
        ("Соколова Анна (заведующая)", "заведующая", "Соколова Анна"),
        ("И.О. директора Петрова Анна Ивановна", "И.О. директора", "Петрова Анна"),
        ("врио директора школы Петрова Анна", "врио директора школы", "Петрова Анна"),
        ("Заместитель директора по УВР Ли Анна", "Заместитель директора по УВР", "Ли Анна"),
        ("Директор ГБОУ СОШ № 5 Ли Анна", "Директор ГБОУ СОШ № 5", "Ли Анна"),
        ("Директор Ким Ен Ук", "Директор", "Ким Ен Ук"),
        ("Директор О Сергей Иванович", "Директор", "О Сергей"),
        ("Директор Школьникова Анна Петровна", "Директор", "Школьникова Анна"),
        ("Главацких Анна Ивановна", "", "Главацких Анна"),
        ("директор иванов иван иванович", "директор", "Иванов Иван"),
    ],
)
def test_a_head_is_divided_into_post_and_name(text: str, post: str, name: str) -> None:
    values = solve({"check": {"field": "director", "value": text}})["values"]
    named = f"{values['director_family_name']} {values['director_given_name']}"
    assert (values["director_post"], named) == (post, name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Директор Иванов И.И.", "initials_only"),
        ("Директор Мария Орлова", "name_order"),
        ("Директор", "name_missing_after_post"),
        ("Соколов Андрей", "post_missing"),
    ],
)
def test_what_a_head_lacks_is_said(text: str, said: str) -> None:
    assert said in checked("director", text)[1]


def test_initials_stand_if_a_person_insists() -> None:
    asked = {"field": "director", "value": "Директор Иванов И.И.", "insist": True}
    values = solve({"check": asked})["values"]
    assert (values["director"], values["director_given_name"]) == ("Директор Иванов И.И.", "И.И.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ёлкин Пётр", ("Ёлкин", "Пётр", "")),
        ("Мамин Сибиряк Дмитрий Наркисович", ("Мамин Сибиряк", "Дмитрий", "Наркисович")),
        ("Мамин Сибиряк Дмитрий", ("Мамин Сибиряк", "Дмитрий", "")),
        ("Ван дер Ваальс Иоганн", ("Ван дер Ваальс", "Иоганн", "")),
        ("фон Берг Анна", ("фон Берг", "Анна", "")),
        ("Ким Ен Ук", ("Ким", "Ен Ук", "")),
        ("О Анна", ("О", "Анна", "")),
        ("Д'Артаньянц Ашот Гагикович", ("Д'Артаньянц", "Ашот", "Гагикович")),
        ("О’Нил Шон", ("О’Нил", "Шон", "")),
        ("Мамедов Рашид Али оглы", ("Мамедов", "Рашид", "Али оглы")),
        ("Ҡасимов Әмир Рөстәм улы", ("Ҡасимов", "Әмир", "Рөстәм улы")),
        ("Smith John", ("Smith", "John", "")),
        ("ИВАНОВ ПЁТР ОГЛЫ", ("Иванов", "Пётр", "оглы")),
        ("Свиридова – Огурцова Дарья", ("Свиридова-Огурцова", "Дарья", "")),
        ("Салтыков\u2011Щедрин Пётр", ("Салтыков-Щедрин", "Пётр", "")),
        ("Иванов Пётр нет", ("Иванов", "Пётр", "")),
    ],
)
def test_a_full_name_is_divided(text: str, parts: tuple[str, str, str]) -> None:
    values = children(pasted(("ФИО", "Класс"), (text, "7А")))["rows"][0]["values"]
    assert (values["family_name"], values["given_name"], values["patronymic"]) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Иванов И.И.", "initials_only"),
        ("И. И. Иванов", "initials_only"),
        ("Иванов ИИ", "initials_only"),
        ("Иванов И", "initials_only"),
        ("Добpынин Илья", "mixed_script"),
        ("Иванов2 Пётр", "unusual_characters"),
        ("=Иванов Пётр", "formula_like_text"),
        ("Света Кобелева", "name_order"),
        ("Арина Петровна Иванова", "name_order"),
        ("Иванова", "value_missing"),
        ("Один Два Три Четыре Пять Шесть", "name_unclear"),
    ],
)
def test_a_doubtful_name_is_held(text: str, said: str) -> None:
    row = children(pasted(("ФИО", "Класс"), (text, "7А")))["rows"][0]
    assert said in codes(row, "question", "error")


@pytest.mark.parametrize("word", ["нет", "-", "—", "отсутствует", "Нет"])
def test_no_patronymic_is_a_valid_answer(word: str) -> None:
    assert checked("patronymic", word) == ("", ["placeholder_patronymic"])
