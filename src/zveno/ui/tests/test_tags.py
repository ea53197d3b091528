"""What the tags say and keep, one promise a test."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from zveno.ui import toasts
from zveno.ui.faces import Cell, Option
from zveno.ui.inputs import DayField

Draw = Callable[..., str]
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    def drawn(source: str, address: str = "/", **facts: object) -> str:
        template = Template("{% load ui %}" + source)
        return template.render(RequestContext(rf.get(address), facts))

    return drawn


class Trip(forms.Form):
    name = forms.CharField(label="Имя", help_text="Как в паспорте")
    day = DayField(label="День", required=False)
    kind = forms.ChoiceField(
        label="Вид",
        choices=[
            ("bus", Option("Автобус", "20 мест")),
            ("metro", Option("Метро", closed="Закрыто")),
        ],
        widget=forms.RadioSelect,
    )


def test_slot_belongs_to_the_nearest_block(draw: Draw) -> None:
    inner = '{% card "In" %}{% slot "action" %}inner{% endslot %}{% endcard %}'

    text = draw('{% card "Out" %}{% slot "action" %}outer{% endslot %}' + inner + "{% endcard %}")

    assert "<h2>Out</h2>outer</div>" in text
    assert "<h2>In</h2>inner</div>" in text
    assert "slot:" not in text


def test_words_of_people_are_escaped_everywhere(draw: Draw) -> None:
    evil = "<b>x</b><!--slot:action-->"
    cell = Cell("r", evil, evil, evil, evil)

    text = draw(
        "{% card evil %}{{ evil }}{% endcard %}{% chip evil %}{% notice %}{{ evil }}{% endnotice %}"
        "{% todo evil evil %}{{ evil }}{% endtodo %}{% pagehead evil evil %}{% endpagehead %}"
        "{% mend cell %}{% copyfield evil evil %}{% tile evil evil %}{% avatar evil %}"
        "{% copytext evil evil evil %}",
        evil=evil,
        cell=cell,
    )

    assert "<b>x" not in text
    assert "<!--slot" not in text


def test_field_ties_its_hint_and_its_error_to_the_control(draw: Draw) -> None:
    text = draw("{% field form.name %}", form=Trip({}))

    assert 'aria-describedby="id_name_hint id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert 'id="id_name_hint"' in text
    assert 'id="id_name_error"' in text


def test_optional_field_says_so(draw: Draw) -> None:
    assert "необязательно" in draw("{% field form.day %}", form=Trip())
    assert "необязательно" not in draw("{% field form.name %}", form=Trip())


def test_choice_card_shows_why_it_is_closed(draw: Draw) -> None:
    text = draw("{% field form.kind %}", form=Trip({"kind": "bus"}))

    assert 'value="bus" id="id_kind_0" checked>' in text
    assert 'value="metro" id="id_kind_1" disabled>' in text
    assert "Закрыто" in text


def test_error_summary_names_and_links_the_field(draw: Draw) -> None:
    text = draw("{% errsum form %}", form=Trip({"name": "Ира", "day": "31.02.2026", "kind": "x"}))

    assert '<a href="#id_day">День: такого дня нет.' in text
    assert '<a href="#id_kind_0">Вид: ' in text


def test_error_summary_is_silent_when_all_is_well(draw: Draw) -> None:
    assert draw("{% errsum form %}", form=Trip()).strip() == ""


@pytest.mark.parametrize(
    ("taken", "waiting", "words", "style"),
    [
        (0, 0, "0 из 30", 'class="bar "'),
        (22, 0, "22 из 30", 'class="bar "'),
        (27, 0, "27 из 30", "bar--warn"),
        (30, 4, "30 из 30, в очереди 4", "bar--full"),
    ],
)
def test_capacity_says_in_words_what_it_draws(
    draw: Draw, taken: int, waiting: int, words: str, style: str
) -> None:
    text = draw("{% capacity taken 30 waiting %}", taken=taken, waiting=waiting)

    assert f"<span>{words}</span>" in text
    assert f'aria-label="Занято {taken} из 30"' in text
    assert style in text


def test_chain_has_a_link_for_every_signature(draw: Draw) -> None:
    text = draw('{% links 6 9 "Подписали 6 из 9" %}')

    assert text.count("<li>") == 6
    assert text.count('<li data-s="wait">') == 3


def test_stepper_says_the_step_in_words(draw: Draw) -> None:
    text = draw("{% stepper steps 2 %}", steps=["Список", "Согласия", "Проверка"])

    assert "Шаг 2 из 3" in text
    assert text.count('aria-current="step"') == 1


def test_moment_is_told_in_the_time_of_the_place(draw: Draw) -> None:
    start = datetime(2019, 11, 28, 23, 30, tzinfo=ZoneInfo("UTC"))

    assert "пятница, 29 ноября 2019, 02:30" in draw("{% when start %}", start=start)
    assert '<b aria-hidden="true">29</b>' in draw("{% day start %}", start=start)


def test_span_of_one_day_does_not_repeat_the_day(draw: Draw) -> None:
    start = datetime(2019, 11, 28, 10, 0, tzinfo=MOSCOW)

    text = draw("{% when start end %}", start=start, end=start.replace(hour=12))

    assert text.endswith("10:00–12:00</time>")


def test_filter_keeps_the_others_and_begins_anew(draw: Draw) -> None:
    tag = '{% filterlink "По субботам" "day" "sat" %}'

    assert 'href="?kind=school&amp;day=sat"' in draw(tag, "/?kind=school&after=47")
    assert 'href="?kind=school"' in draw(tag, "/?kind=school&day=sat&after=47")


def test_search_keeps_the_filters(draw: Draw) -> None:
    text = draw('{% search "Найти" %}', "/?q=робот&kind=school&after=47")

    assert 'value="робот"' in text
    assert '<input type="hidden" name="kind" value="school">' in text
    assert "after" not in text


def test_last_page_offers_no_more(draw: Draw) -> None:
    assert draw('{% more "" %}').strip() == ""
    assert 'href="?q=a&amp;after=47"' in draw('{% more "47" %}', "/?q=a")


def test_sorting_turns_round_at_the_second_press(draw: Draw) -> None:
    tag = '{% sorthead "Имя" "name" %}'

    assert 'aria-sort="none"><a href="?sort=name"' in draw(tag)
    assert 'aria-sort="ascending"><a href="?sort=-name"' in draw(tag, "/?sort=name")
    assert 'aria-sort="descending"><a href="?sort=name"' in draw(tag, "/?sort=-name")


def test_section_is_current_on_the_pages_under_it(draw: Draw) -> None:
    tag = '{% navitem "События" "/e/" "cal" %}{% navitem "Сегодня" "/" "home" %}'

    assert draw(tag, "/e/7/groups/").count('aria-current="page"') == 1


def _with_messages(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def test_toast_undoes_by_a_form_that_needs_no_script(rf: RequestFactory) -> None:
    request = _with_messages(rf)
    toasts.tell_with_undo(request, "Сертификаты выданы: 61", "/e/7/certificates/undo/")

    text = Template("{% load ui %}{% toasts %}").render(RequestContext(request))

    assert "Сертификаты выданы: 61" in text
    assert '<form method="post" action="/e/7/certificates/undo/">' in text
    assert "csrfmiddlewaretoken" in text


def test_toast_is_said_once(rf: RequestFactory) -> None:
    request = _with_messages(rf)
    toasts.warn(request, "Мест нет")

    text = Template("{% load ui %}{% toasts %}").render(RequestContext(request))

    assert "toast--bad" in text
    assert get_messages(request).used  # type: ignore[union-attr]


def test_page_without_request_has_room_for_toasts() -> None:
    assert 'id="toasts"' in Template("{% load ui %}{% toasts %}").render(Context())


def test_of_many_tabs_a_phone_shows_the_first_and_the_current_one(draw: Draw) -> None:
    source = (
        '{% tabs "Разделы" %}{% tab "Обзор" "/" %}'
        '{% slot "more" %}{% tab "План" "/plan/" %}{% tab "Письма" "/letters/" %}{% endslot %}'
        "{% endtabs %}"
    )

    phone, desk = draw(source, "/letters/").split('<ul class="d-only">')

    first, folded = phone.split("<details>")
    assert ("Обзор" in first, "Письма" in first, "План" in first) == (True, True, False)
    assert ("План" in folded, "Письма" in folded) == (True, False)
    assert ("План" in desk, "Письма" in desk, "Обзор" in desk) == (True, True, False)


def test_address_of_a_page_is_that_of_django() -> None:
    page, key = "organisations:card", "0d5f0d6a-6b1e-4f5c-9d2e-0d5f0d6a6b1e"
    text = Template('{% load ui %}{% url page key %} {% url "no:such" as none %}[{{ none }}]')

    drawn = text.render(Context({"page": page, "key": key}))

    assert drawn == f"{reverse(page, args=[key])} []"


def test_address_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(NoReverseMatch):
        Template('{% load ui %}{% url "no:such" %}').render(Context())
