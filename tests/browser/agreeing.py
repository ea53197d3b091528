"""Steps of the thread: from nine pasted rows to an agreement in force."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.stage import CLUSTER, Stage, waits

TABLE = Path(__file__).resolve().parents[1] / "engines/data/tables/cluster_members.txt"
WRONG = {"0010008480": "0010008489", "example,org": "example.org"}
CLEAN = "\n".join(TABLE.read_text("utf-8").splitlines()[:10]) + "\n"
for wrong, right in WRONG.items():
    CLEAN = CLEAN.replace(wrong, right)
PDF: FilePayload = {
    "name": "подпись (пример).pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n%%EOF\n",
}
JPEG: FilePayload = {
    "name": "подпись (пример).jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64) + b"\xff\xd9",
}
SCANS = {
    "college@example.org": PDF,
    "imc@example.org": PDF,
    "school900@example.org": JPEG,
    "gym901@example.org": PDF,
    "s902@example.org": JPEG,
    "ds910@example.org": PDF,
    "ds911@example.org": PDF,
    "ds912@example.org": JPEG,
    "ddt@example.org": PDF,
}
ADDRESSES = list(SCANS)
LAST_THREE = ["Детский сад № 911", "Детский сад № 912", "Дом детского творчества"]


def paste_nine_rows(anna: Page) -> None:
    """Paste the table as it is: two rows are to be mended, one is a double, one a total."""
    anna.get_by_role("link", name="Добавить участников").click()
    anna.get_by_label("Вставьте из Excel, Word или письма").fill(TABLE.read_text("utf-8"))
    anna.get_by_role("button", name="Прочитать список").click()

    expect(anna.get_by_role("heading", level=1)).to_have_text("Список участников")
    expect(anna.locator("#mend tbody tr")).to_have_count(2)
    expect(anna.get_by_role("button", name="Принять 7 организаций")).to_be_visible()


def mend_rows_five_and_six(anna: Page) -> None:
    """Type the digit of row 5 and take what is offered for row 6, in place."""
    anna.get_by_label("ИНН: ГБОУ СОШ № 902 (пример)").fill("0010008489")
    anna.get_by_role("button", name="Проверить исправленное").click()
    expect(anna.locator("#mend tbody tr")).to_have_count(1)
    anna.get_by_role("button", name="Взять «ds910@example.org»").click()

    expect(anna.locator("#mend")).to_have_count(0)


def accept_the_rows(anna: Page) -> None:
    """Make members of the nine; the double and the total are shown, not added."""
    anna.get_by_role("button", name="Принять 9 организаций").click()
    anna.get_by_role("link", name="К участникам").click()

    expect(anna.locator(".tbl tbody tr")).to_have_count(9)
    first, second = anna.locator(".tbl tbody tr").nth(0), anna.locator(".tbl tbody tr").nth(1)
    expect(first).to_contain_text("базовая организация")
    expect(second).to_contain_text("методический оператор")
    expect(anna.locator(".tbl")).to_contain_text("0010008111")


def found_and_send(anna: Page) -> int:
    """Found a cluster of nine from the home page on, as far as the letters; count the presses."""
    presses = 0

    def press(role: Literal["link", "button"], name: str) -> None:
        nonlocal presses
        anna.get_by_role(role, name=name, exact=True).click()
        presses += 1

    press("link", "Новый кластер")
    anna.get_by_label("Название кластера").fill("Метрология")
    anna.get_by_label("Отрасль").select_option(label="Приборостроение и метрология")
    presses += 1
    press("button", "Создать кластер")
    anna.get_by_label("Вставьте из Excel, Word или письма").fill(CLEAN)
    press("button", "Прочитать список")
    press("button", "Принять 9 организаций")
    press("link", "Составить соглашение")
    press("button", "Составить черновик")
    press("button", "Отправить на подпись 9 сторонам")
    expect(anna.locator(".signbox .big")).to_have_text("0 из 9")
    return presses


def draw_the_agreement(anna: Page) -> None:
    """Draw the draft and look at its text, names in the right case."""
    anna.goto("/")
    anna.locator("#todo [data-step=agreement]").click()
    anna.get_by_role("button", name="Составить черновик").click()

    text = anna.get_by_role("article", name="Текст соглашения")
    expect(text).to_contain_text(CLUSTER)
    expect(text).to_contain_text("в лице директора (пример) Орловой Марии Сергеевны")
    expect(text).to_contain_text("Салтыкова-Щедрина Петра Ильича")


def override_one_form(anna: Page) -> None:
    """Put the case of one name right by hand; the text follows."""
    anna.get_by_role("link", name="Проверить и исправить Гимназия № 901").click()
    anna.get_by_label("В лице … (имя)").fill("Ким Ен Ук")
    anna.get_by_role("button", name="Верно, сохранить").click()

    text = anna.get_by_role("article", name="Текст соглашения")
    expect(text).to_contain_text("в лице директора Ким Ен Ук")


def send_the_agreement(anna: Page) -> None:
    """Send it: the text stands, nobody has signed."""
    anna.get_by_role("button", name="Отправить на подпись 9 сторонам").click()

    expect(anna.locator(".signbox .big")).to_have_text("0 из 9")
    expect(anna.get_by_role("link", name="DOCX")).to_be_visible()


def sign_by_letter(visitor: Page, address: str) -> int:
    """Read the letter as its reader would and send the signed page by its link.

    Return the presses from the letter on: its button and that of the page.
    """
    visitor.goto("/outbox/")
    visitor.locator(".inbox a").filter(has_text=address).first.click()
    expect(visitor.locator(".mailwin")).to_contain_text(f"Кому: {address}")
    presses = 0
    visitor.locator(".letter a").first.click()
    presses += 1
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Подпишите соглашение")
    visitor.get_by_label("Подписанная страница").set_input_files(SCANS[address])
    visitor.get_by_role("button", name="Отправить подписанную страницу").click()
    presses += 1

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Подписано")
    return presses


def six_of_nine(anna: Page) -> None:
    """See how far it is and whom it waits for, at home and on its page."""
    assert waits(anna)[0] == "signing"
    todo = anna.locator("#todo li").first
    expect(todo).to_contain_text("6 из 9")
    expect(todo).to_contain_text(f"{LAST_THREE[0]}, {LAST_THREE[1]} и ещё 1")
    anna.locator("#todo [data-step=signing]").click()

    expect(anna.locator(".signbox .big")).to_have_text("6 из 9")
    expect(anna.locator(".signbox")).to_contain_text(f"Ждём: {', '.join(LAST_THREE)}.")


def in_force_with_number_one(anna: Page) -> None:
    """See that the last signature brought it into force and took the number."""
    anna.reload()

    expect(anna.locator(".signbox")).to_contain_text("номер 1")
    expect(anna.locator(".pagehead")).to_contain_text("№ 1")
    expect(anna.locator(".pagehead")).to_contain_text("Действует")


def open_schools(stage: Stage) -> None:
    """Give the deputies of three imported schools their accounts: no page does so yet."""
    role = "representative"
    stage.employ("irina", "Белова Ирина", "0010007742", role)
    stage.employ("oleg", "Юдин Олег", "0010008111", role)
    stage.employ("vera", "Гаврилова Вера", "0010008489", role)
