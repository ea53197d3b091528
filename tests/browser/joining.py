"""A kindergarten joins a cluster from a letter: screens and presses are counted."""

from playwright.sync_api import Page, expect

ADDRESS = "sad5@example.org"
NAME = "Детский сад № 5 (пример)"


def invite(anna: Page) -> None:
    """Invite a kindergarten that is in no register, from the page of members on."""
    anna.goto("/")
    anna.get_by_role("link", name="Кластер", exact=True).first.click()
    anna.get_by_role("link", name="Участники", exact=True).first.click()
    anna.get_by_role("link", name="Приглашения и заявки", exact=True).click()
    anna.get_by_role("link", name="Пригласить", exact=True).first.click()
    anna.get_by_label("Название организации").fill(NAME)
    anna.get_by_label("Адрес электронной почты").fill(ADDRESS)
    anna.get_by_role("button", name="Отправить приглашение").click()
    expect(anna.get_by_role("heading", level=1)).to_contain_text(NAME)


def join_by_letter(head: Page) -> tuple[int, int]:
    """Join by the link of the letter; return how many screens and presses it took."""
    head.goto("/outbox/")
    head.locator(".inbox a").filter(has_text=ADDRESS).first.click()
    head.locator(".letter a").first.click()
    screens = {head.url}
    presses = 0
    for button in ("Продолжить", "Продолжить", "Вступить в кластер"):
        if head.get_by_label("Фамилия").count():
            head.get_by_label("Вид организации").select_option(label="детский сад")
            head.get_by_label("ИНН").fill("0010008859")
            head.get_by_label("Фамилия").fill("Мухина")
            head.get_by_label("Имя").fill("Зоя")
        head.get_by_role("button", name=button, exact=True).click()
        presses += 1
        screens.add(head.url)
    expect(head.get_by_role("heading", level=1)).to_have_text("Вы в кластере")
    return len(screens), presses
