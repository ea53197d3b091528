"""Steps of the thread: from an obligation to children met at the door."""

from datetime import timedelta

from django.utils.timezone import localtime
from playwright.sync_api import Page, expect

from zveno.kernel import clock

TITLE = "Проба «Собери манипулятор»"
CLASS = """Фамилия и имя\tКласс
Климов Роман\t7Б
Лапина Софья\t7Б
Мельник Лев\t7Б
Никитина Арина\t7Б
Орлов Егор\t7Б
Панина Варвара\t7Б
Рыбаков М.\t7Б
Сомова Таисия\t7Б
Титов Глеб\t7Б
Ушакова Ева\t7Б
"""
PAIR = "Фомин Кирилл 5Б\nХромова Злата 5Б\n"


def plan_an_obligation(anna: Page) -> None:
    """Put what the college owes into the plan."""
    anna.goto("/")
    anna.locator("#todo [data-step=plan]").click()
    anna.locator("[data-step=plan]").first.click()
    anna.get_by_label("Что проведём").fill(TITLE)
    anna.get_by_label("Для кого").fill("5–8 классы")
    anna.get_by_role("button", name="Запланировать").click()

    expect(anna.get_by_role("row").filter(has_text=TITLE)).to_be_visible()


def make_an_event(anna: Page) -> None:
    """Give the line of the plan its day, times, place, grades and twelve seats."""
    begins = localtime(clock.now())
    started = max(begins - timedelta(hours=1), begins.replace(hour=0, minute=0))
    anna.get_by_label("Вид события").select_option("professional_trial")
    anna.get_by_label("День").fill(f"{begins:%d.%m.%Y}")
    anna.get_by_label("Начало").fill(f"{started:%H:%M}")
    anna.get_by_label("Конец").fill("23:59")
    anna.get_by_label("Место").fill("Лаборатория робототехники")
    anna.get_by_label("С класса").select_option("5")
    anna.get_by_label("По класс").select_option("8")
    anna.get_by_label("Число мест").fill("12")
    anna.get_by_role("button", name="Создать черновик").click()

    expect(anna.get_by_role("heading", level=1)).to_have_text(TITLE)


def announce(anna: Page) -> None:
    """Let schools see it."""
    anna.get_by_role("button", name="Опубликовать").click()

    expect(anna.locator(".pagehead")).to_contain_text("Идёт сейчас")


def look_from_outside(visitor: Page) -> None:
    """See the event and its cluster as anybody may."""
    visitor.goto("/p/")
    visitor.get_by_role("link", name=TITLE, exact=True).click()

    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.locator("main")).to_contain_text("Свободно 12 мест")


def ask_for_seats(deputy: Page, seats: int) -> None:
    """Open the registration from the home page and say how many children come."""
    deputy.goto("/")
    deputy.locator("main [data-step=reserve]").click()
    deputy.get_by_label("Сколько детей").fill(str(seats))


def hold_seats(deputy: Page) -> None:
    """Hold the seats asked for; names come later."""
    deputy.get_by_role("button", name="Занять места").click()

    expect(deputy.get_by_role("heading", level=1)).to_have_text("Список группы")


def send_the_class(irina: Page) -> None:
    """Paste the list; one row has an initial only and is mended in place."""
    irina.get_by_label("Вставьте список").fill(CLASS)
    irina.get_by_role("button", name="Узнать детей").click()
    expect(irina.locator("tr.is-bad")).to_have_count(1)
    irina.get_by_label("Имя: Рыбаков М. 7Б").fill("Матвей")
    irina.get_by_role("button", name="Дальше: согласия").click()

    expect(irina.get_by_role("heading", level=1)).to_have_text("Согласия родителей")


def send_the_pair(oleg: Page) -> None:
    """Paste two lines of a letter; nothing is to be mended."""
    oleg.get_by_label("Вставьте список").fill(PAIR)
    oleg.get_by_role("button", name="Узнать детей").click()
    oleg.get_by_role("button", name="Дальше: согласия").click()


def keep_consents(deputy: Page, children: int) -> None:
    """Say once by which order papers are kept, then confirm that those of all children are."""
    deputy.get_by_role("link", name="Как принимаем согласия").click()
    kept = deputy.locator("section.card").filter(has_text="Хранится в школе на бумаге")
    kept.get_by_label("Номер приказа").fill("14-ПД")
    kept.get_by_label("Дата приказа").fill(f"{localtime(clock.now()):%d.%m.%Y}")
    kept.get_by_role("button", name="Включить").click()
    expect(kept).to_contain_text("14-ПД")
    deputy.goto("/")
    deputy.locator("#todo [data-step=consents]").click()
    boxes = deputy.locator("[name=place]")
    expect(boxes).to_have_count(children)
    for box in boxes.all():
        box.check()
    for box in deputy.locator("input[name=place]").all():
        box.check()
    deputy.get_by_role("button", name="Согласия есть в школе").click()

    expect(deputy.locator(".tbl tbody tr")).to_have_count(children)
    expect(deputy.locator(".pagehead")).to_contain_text("Все получены")


def be_refused_and_wait(vera: Page) -> None:
    """Ask for seats that are gone by now: a clear no, and a place in the queue."""
    vera.get_by_role("button", name="Занять места").click()
    expect(vera.locator("[data-problem]")).to_contain_text("мест нет")
    vera.get_by_role("button", name="Ждать 3 места").click()

    expect(vera.locator("main")).to_contain_text("Вы ждёте 3 места")


def check_in(igor: Page, children: int) -> None:
    """Find the event on a telephone and mark children as they come in."""
    igor.get_by_role("link", name="События", exact=True).locator("visible=true").first.click()
    igor.get_by_role("link", name=TITLE).click()
    igor.get_by_role("link", name="Отметка на входе").click()
    for number in range(1, children + 1):
        igor.locator("[name=came][aria-pressed=false]").first.click()
        expect(igor.locator("[name=came][aria-pressed=true]")).to_have_count(number)

    expect(igor.locator("#count")).to_contain_text(f"{children} из 12")


def close_the_event(anna: Page) -> None:
    """Close the event: the plan and the obligation learn what happened."""
    anna.goto("/e/")
    anna.get_by_role("link", name=TITLE).click()
    anna.get_by_role("button", name="Завершить").click()

    expect(anna.locator(".pagehead")).to_contain_text("Пришли 11 из 12")
    anna.goto("/")
    expect(anna.locator("main")).to_contain_text("1 / 12")
    anna.get_by_role("link", name="Кластер", exact=True).locator("visible=true").first.click()
    anna.get_by_role("link", name="План", exact=True).click()
    done = anna.get_by_role("row").filter(has_text=TITLE)
    expect(done).to_contain_text("Выполнено")
    expect(done).to_contain_text("Пришли 11 из 12")
