"""Single values: the same code judges a cell of a table and a field of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.tables_kit import checked
from zveno.engines.tables import solve


def valid_inn(number: str) -> bool:
    """Check an INN by the published rule, written another way than the engine's."""
    rules: dict[int, list[tuple[tuple[int, ...], int]]] = {
        10: [((2, 4, 10, 3, 5, 9, 4, 6, 8, 0), 9)],
        12: [
            ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8, 0, 0), 10),
            ((3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8, 0), 11),
        ],
    }
    digits = [ord(sign) - ord("0") for sign in number]
    return any(digits) and all(
        sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
        == digits[place]
        for weights, place in rules[len(number)]
    )


@given(st.integers(0, 10**12 - 1), st.sampled_from([10, 12]))
def test_an_inn_stands_exactly_if_its_check_digits_do(number: int, length: int) -> None:
    text = str(number % 10**length).zfill(length)
    assert (checked("inn", text)[0] == text) == valid_inn(text)


@given(st.integers(0, 10**8 - 1))
def test_an_inn_with_every_last_digit_stands_for_one_of_them(number: int) -> None:
    head = f"1{number:08d}"
    assert sum(checked("inn", f"{head}{last}")[0] is not None for last in range(10)) == 1


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("0010007005", "0010007005", []),
        ("500100732259", "500100732259", []),
        ("10008111", "0010008111", ["inn_zeros_restored"]),
        ("10008111.0", "0010008111", ["inn_tidied", "inn_zeros_restored"]),
        ("0010 0070 05", "0010007005", ["inn_tidied"]),
        ("ИНН: 0010007005", "0010007005", ["inn_tidied"]),
        ("0010007005/781301001", "0010007005", ["inn_tidied"]),
        ("００１０００７００５", "0010007005", ["inn_tidied"]),
        ("0010008480", None, ["inn_checksum"]),
        ("1.0008111E+07", None, ["inn_exponent"]),
        ("7,81E+09", None, ["inn_exponent"]),
        ("٠٠١٠٠٠٧٠٠٥", None, ["inn_not_digits"]),
        ("десять цифр", None, ["inn_not_digits"]),
        ("0000000000", None, ["inn_zeros"]),
        ("12345", None, ["inn_length"]),
        ("нет", "", ["placeholder_dropped"]),
        ("", "", []),
    ],
)
def test_an_inn_in_its_forms(text: str, value: str | None, said: list[str]) -> None:
    assert checked("inn", text) == (value, said)


def test_a_wrong_check_digit_is_named_with_the_right_one() -> None:
    problem = solve({"check": {"field": "inn", "value": "0010008480"}})["problems"][0]
    assert problem["facts"] == {"found": "0", "computed": "9"}


@pytest.mark.parametrize(
    ("text", "value", "suggestion"),
    [
        (" imc@example.org ; ", "imc@example.org", None),
        ("Иванов И. <a@example.org>", "a@example.org", None),
        ("mailto:A.B+c@Example.ORG.", "A.B+c@Example.ORG", None),
        ("почта@пример.рф", "почта@пример.рф", None),
        ("ds910@example,org", None, "ds910@example.org"),
        ("сollege@example.org", None, "college@example.org"),
        ("imc @example.org", None, "imc@example.org"),
        ("почта: a@example.org", None, "a@example.org"),
        ("a@example.org, b@example.org", None, "a@example.org"),
        ("a@example.org / b@example.org", None, "a@example.org"),
        ("a@@example.org", None, None),
        ("a..b@example.org", None, None),
        ("example.org", None, None),
        ("@example.org", None, None),
    ],
)
def test_an_address_in_its_forms(text: str, value: str | None, suggestion: str | None) -> None:
    answer = solve({"check": {"field": "email", "value": text}})
    suggestions = [problem["suggestion"] for problem in answer["problems"]]
    assert answer["values"]["email"] == value
    assert suggestion is None or suggestion in suggestions


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 (812) 000-04-17", "+78120000417"),
        ("7 921 000 00 17", "+79210000017"),
        ("9210000017", "+79210000017"),
        ("+49 30 1234567", "+49301234567"),
        ("8 812 000-04-17 доб. 3", "+78120000417 доб. 3"),
        ("000-04-17", None),
        ("8 812 000-04-17, 8 812 000-04-18", None),
    ],
)
def test_a_telephone_in_its_forms(text: str, value: str | None) -> None:
    assert checked("phone", text)[0] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ГБОУ школа №5", "ГБОУ школа № 5"),
        ("школа N 5", "школа № 5"),
        ("12. ГБОУ школа № 5", "ГБОУ школа № 5"),
        ("МБДОУ No545", "МБДОУ № 545"),
        ('ООО "Мостострой-108"', "ООО «Мостострой-108»"),
        ("ООО «Сварпром", "ООО «Сварпром»"),
        ('ГБПОУ "Колледж "Звезда"', "ГБПОУ «Колледж «Звезда»»"),
        ("ГБ0У школа", "ГБОУ школа"),
        ("ГБOУ школа", "ГБОУ школа"),
        ("АНО «IT-куб»", "АНО «IT-куб»"),
        ("школа\u00a0№\u200b 5 ", "школа № 5"),
        ("Школа\nискусств", "Школа искусств"),
        ("=ГБОУ школа", None),
        ("ООО Завод»", None),
        ("Школа 😊", None),
        ("<b>Школа</b>", None),
        ("Ш" * 501, None),
        ("Ш" * 100_000, None),
    ],
)
def test_a_name_of_an_organisation_in_its_forms(text: str, value: str | None) -> None:
    assert checked("name", text)[0] == value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("СПб ГБПОУ «Колледж автоматизации»", "college"),
        ("ГБПОУ «АУГСГиП»", "college"),
        ("ГБУ ИМЦ Петроградского района", "methodical_centre"),
        ("Начальная школа № 5", "school"),
        ("ГБОУ СОШ № 5 с дошкольным отделением", "school"),
        ("ГБОУ № 5", "school"),
        ("Детский сад «Чайка»", "preschool"),
        ("д/с № 5", "preschool"),
        ("Детская школа искусств", "extracurricular_centre"),
        ("МАУ ДО ЦДТ", "extracurricular_centre"),
        ("ООО «Школа программирования»", "employer"),
        ("Металлический завод", "employer"),
        ("Отдел образования администрации района", "education_authority"),
        ("Государственный университет (пример)", "university"),
        ("Лицей при университете", "school"),
        ("Детский технопарк «Кванториум»", "technopark"),
        ("Центр опережающей профессиональной подготовки", "advanced_training_centre"),
        ("Межрегиональный отраслевой учебно-методический центр", "sector_centre"),
        ("Консультация", "other"),
    ],
)
def test_the_kind_is_told_by_the_name(name: str, kind: str) -> None:
    assert solve({"check": {"field": "name", "value": name}})["values"]["kind"] == kind


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *((form, "7А") for form in ("7А", "7A", "7 «А»", "7-а", '7"А"', "7 А класс", "7-А кл.")),
        *((form, "7А") for form in ("(7а)", "класс 7а", "7-й «А»", "7 «A» класс")),
        ("6 «Б»", "6Б"),
        ("6-б", "6Б"),
        ("10 ИТ", "10ИТ"),
        ("7/1", "7-1"),
        ("7", "7"),
        ("7.0", "7"),
        ("7-й класс", "7"),
        ("12А", None),
        ("0А", None),
        ("7D", None),
        ("12", None),
        ("старшая", None),
    ],
)
def test_a_class_in_its_forms(text: str, label: str | None) -> None:
    assert checked("class", text)[0] == label


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("2013-10-05", "2013-10-05", []),
        ("3.1.2013", "2013-01-03", []),
        (" 21.01.2013 г.", "2013-01-21", []),
        ("11 августа 2013 г.", "2013-08-11", []),
        ("2013-10-05 00:00:00", "2013-10-05", []),
        ("29.02.2012", "2012-02-29", []),
        ("41332", "2013-02-27", ["date_from_number"]),
        ("41543.5", "2013-09-26", ["date_from_number"]),
        ("06/07/2015", "2015-07-06", ["date_with_slashes"]),
        ("2013", "2013", []),
        ("2013 г.р.", "2013", []),
        ("07/25/2015", None, ["date_month_first"]),
        ("10.02.13", None, ["date_two_digit_year"]),
        ("29.02.2013", None, ["date_impossible"]),
        ("31.04.2013", None, ["date_impossible"]),
        ("60", None, ["date_serial_60"]),
        ("01.01.1900", None, ["date_out_of_range"]),
        ("08.03.2031", None, ["date_out_of_range"]),
        ("12.03.2025", None, ["date_age_unusual"]),
        ("9999999999", None, ["date_unclear"]),
        ("весной", None, ["date_unclear"]),
        ("١٢.٠٣.٢٠١٣", None, ["date_unclear"]),
        ("１２.０３.２０１３", "2013-03-12", []),
    ],
)
def test_a_birth_date_in_its_forms(text: str, value: str | None, said: list[str]) -> None:
    assert checked("birth_date", text) == (value, said)
