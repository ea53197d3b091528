"""Tables of organisations for the bench: clean ones, and one with dirt of 25 kinds."""

import io
from collections.abc import Callable, Iterator

import xlsxwriter

WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
Row = list[str]
HEADS = ["№ п/п", "Наименование", "ИНН", "КПП", "ОГРН", "Эл. почта", "Директор"]


def inn(number: int) -> str:
    """Make an INN with a right check digit, of a tax office that cannot be."""
    head = f"00{number:07}"
    total = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True))
    return f"{head}{total % 11 % 10}"


def ogrn(number: int) -> str:
    """Make an OGRN with a right check digit."""
    head = f"10{number:010}"
    return f"{head}{int(head) % 11 % 10}"


def clean(number: int) -> Row:
    """Make a row with nothing wrong in it."""
    name = f"ГБОУ школа № {number} города Образцова (пример)"
    email = f"school{number}@example.org"
    return [str(number), name, inn(number), "001001001", ogrn(number), email, "Ли Анна Петровна"]


def _cell(index: int, change: Callable[[str], str]) -> Callable[[Row], Row]:
    return lambda row: [change(text) if n == index else text for n, text in enumerate(row)]


DIRT: tuple[Callable[[Row], Row], ...] = (
    _cell(1, lambda text: text.replace("О", "O")),
    _cell(1, lambda text: f"  {text}  "),
    _cell(1, lambda text: text.replace(" ", "\u00a0")),
    _cell(1, lambda text: text.replace("№ ", "N")),
    _cell(1, lambda text: f"={text}"),
    _cell(1, lambda text: f"{text} «Парус"),
    _cell(1, lambda text: text.replace("школа", "шко\u200bла")),
    _cell(1, lambda text: text.replace(" города", "\nгорода")),
    _cell(1, lambda _: ""),
    _cell(1, lambda text: f"{text} 🎓"),
    _cell(1, lambda text: text + "а" * 400),
    _cell(1, lambda text: f"1. {text}"),
    _cell(2, lambda text: text.lstrip("0")),
    _cell(2, lambda text: f"{text[:9]}{(int(text[9]) + 1) % 10}"),
    _cell(2, lambda text: f"{text[:4]} {text[4:]}"),
    _cell(2, lambda _: "7,81E+09"),
    _cell(2, lambda _: "нет"),
    _cell(2, lambda text: f"ИНН {text}"),
    _cell(3, lambda text: text[:-1]),
    _cell(4, lambda text: f"{text[:12]}{(int(text[12]) + 1) % 10}"),
    _cell(5, lambda text: text.replace(".", ",")),
    _cell(5, lambda text: f"{text}; second@example.org"),
    _cell(5, lambda text: text.replace("school", "schооl")),
    lambda row: [*row[:3], row[4], row[3], *row[5:]],
    lambda row: ["Итого", "", "", "", "", "", ""] if row else row,
)


def dirty(number: int) -> Row:
    """Make a row with dirt of one kind; each kind comes as often."""
    return DIRT[number % len(DIRT)](clean(number))


def workbook(rows: Iterator[Row]) -> bytes:
    """Write rows below a title and headings as a workbook."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Реестр")
        sheet.write(0, 0, "Перечень организаций (пример)")
        for number, row in enumerate((HEADS, *rows), 2):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return memory.getvalue()
