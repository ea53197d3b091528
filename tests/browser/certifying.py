"""Steps of the thread: certificates given out, taken back, given out again and checked."""

import re

from playwright.sync_api import Page, expect

CODE = re.compile(r"[A-Z2-9]{5}(?:-[A-Z2-9]{1,5}){5}")


def issue(anna: Page) -> None:
    """Issue certificates to all who came, in one click."""
    anna.goto("/")
    anna.locator("#todo [data-step=certificates]").click()
    anna.get_by_role("button", name="Выдать 11 сертификатов").click()

    expect(anna.get_by_role("status").filter(has_text="Выдано 11 сертификатов")).to_be_visible()
    expect(anna.locator(".tbl tbody tr")).to_have_count(11)


def take_back(anna: Page) -> None:
    """Undo it from the toast."""
    anna.locator(".toast").get_by_role("button", name="Отменить").click()

    expect(anna.get_by_role("button", name="Выдать 11 сертификатов")).to_be_visible()
    expect(anna.locator(".tbl tbody tr")).to_have_count(0)


def numbers(anna: Page) -> list[int]:
    """Read the numbers of the certificates shown."""
    texts = anna.locator(".tbl tbody .mono").all_text_contents()
    return [int(text.rpartition("-")[2]) for text in texts]


def download_all(page: Page) -> None:
    """Fetch the file with all sheets."""
    with page.expect_download() as begun:
        page.get_by_role("link", name="Скачать все в PDF").click()

    assert begun.value.path().read_bytes().startswith(b"%PDF-")


def check_the_first(anna: Page, visitor: Page) -> None:
    """Type the code of the first sheet: anybody sees that it is genuine, and initials only."""
    words = anna.locator("svg[role=img] text").all_text_contents()
    (code,) = filter(CODE.fullmatch, words)
    visitor.goto("/v/")
    visitor.get_by_label("Код сертификата").fill(code.lower())
    visitor.get_by_role("button", name="Проверить").click()

    expect(visitor.get_by_role("heading", name="Документ настоящий")).to_be_visible()
    expect(visitor.locator(".dl")).to_contain_text("Р. К.")
    expect(visitor.locator("body")).not_to_contain_text("Климов")
    expect(visitor.locator("body")).not_to_contain_text("Роман")
