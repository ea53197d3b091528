"""What is told to Zveno in confidence stands where it was told, and nowhere it leaks from."""

import json
import re
import subprocess
import sys
import tempfile
import time
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, unquote, unquote_plus
from zoneinfo import ZoneInfo

import pytest

from tests import live
from tests.walker import Exchange, Walker

pytestmark = [pytest.mark.slow, pytest.mark.crash]
CHILD, GIVEN = "Канарейкина", "Златоцвета"
HEAD, EMAIL = "Щегловит", "kanareika-951@example.org"
PASSWORD = "zveno-primer-2026"
MISTYPED = "kanareika-i-parol"
CODE = re.compile(r"\b[A-Z2-9]{5}(?:-[A-Z2-9]{1,5}){5}\b")
REFUSED = {400, 403, 404, 405, 409, 410}
NOTES = """
import json
from zveno.people.models import SignIn
from procrastinate.contrib.django.models import ProcrastinateJob
from zveno.kernel.models import Entry, Seal
notes = {each.__name__: list(each.objects.using("owner").values()) for each in
    (Entry, Seal, ProcrastinateJob)}
notes["Session"] = [each.get_decoded() for each in SignIn.objects.using("owner").all()]
print(json.dumps(notes, default=str, ensure_ascii=False))
"""
TABLE = (
    "Наименование\tИНН\tE-mail\tРуководитель\n"
    f"ГБОУ школа № 951 (пример)\t0010009517\t{EMAIL}\tдиректор {HEAD}ая Ирина Андреевна\n"
)


@dataclass
class House:
    """A whole Zveno, all it says while it runs, and who walks in it."""

    site: live.Site
    output: Path
    secrets: dict[str, str] = field(default_factory=dict)
    walkers: list[Walker] = field(default_factory=list)

    def visitor(self) -> Walker:
        """Let somebody unknown in."""
        self.walkers.append(Walker(self.site.port))
        return self.walkers[-1]

    def enter(self, name: str) -> Walker:
        """Let one of the cast sign in, at the second try."""
        walker = self.visitor()
        walker.open("/")
        walker.press("Войти", {"username": EMAIL, "password": MISTYPED})
        walker.press("Войти", {"username": name, "password": PASSWORD})
        assert walker.at == "/"
        return walker

    def passed(self) -> list[Exchange]:
        """Return all that went over the wire."""
        return [one for walker in self.walkers for one in walker.passed]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Live the whole thread once, with names, addresses and links that are found anywhere."""
    with tempfile.TemporaryDirectory(prefix="zveno-") as name:
        Path(name).chmod(0o711)
        output = Path(name) / "output"
        with output.open("wb") as file:
            site = live.start(Path(name), file.fileno(), ZVENO_ENV="development")
        try:
            house = House(site, output)
            agree(house)
            meet(house)
            err(house)
            yield house
        finally:
            site.stop()


def agree(house: House) -> None:
    """Bring a member, draw an agreement, sign it by the link of the letter."""
    anna, head = house.enter("anna"), house.visitor()
    anna.follow(step="members")
    anna.press("Прочитать список", {"text": TABLE})
    anna.press("Принять 1 организацию")
    anna.open("/")
    anna.follow(step="agreement")
    anna.press("Составить черновик")
    assert HEAD in anna.follow(text=HEAD)
    anna.press("Верно, сохранить", {"email": EMAIL})
    anna.press("Отправить на подпись")

    head.open("/outbox/")
    assert EMAIL in head.follow(text=EMAIL)
    address = head.follow(text="/sign/") and head.at
    house.secrets["token"] = address.split("/")[2]
    for status in (HTTPStatus.OK, HTTPStatus.GONE):
        assert head.upload(address, "file", b"%PDF-1.7\n%%EOF\n").status == status


def meet(house: House) -> None:
    """Plan, announce, register a child, meet it, give it a certificate, check that."""
    anna, irina, igor = house.enter("anna"), house.enter("irina"), house.enter("igor")
    anna.follow(step="plan")
    anna.follow(step="plan")
    anna.press("Запланировать", {"title": "Проба голоса"})
    anna.follow(text="Сделать событием: Проба голоса")
    day = datetime.now(ZoneInfo("Europe/Moscow")).strftime("%d.%m.%Y")
    times = {"day": day, "starts": "00:00", "ends": "23:59"}
    anna.press("Создать черновик", {"venue": "Цех", **times})
    anna.press("Опубликовать")

    irina.open("/e/")
    irina.follow(text="Проба голоса")
    irina.follow(step="reserve")
    irina.press("Занять места", {"seats": "1"})
    irina.press("Узнать детей", {"paste": f"{CHILD} {GIVEN} 7Б"})
    irina.press("Дальше: согласия")
    house.secrets["group"] = irina.at
    assert CHILD in irina.text
    irina.press("Согласия есть в школе", tick="place")

    igor.open("/e/")
    igor.follow(text="Проба голоса")
    igor.follow(text="Отметка на входе")
    igor.press("Найти", {"q": CHILD})
    igor.press(GIVEN)

    anna.press("Завершить")
    anna.open("/")
    anna.follow(step="certificates")
    anna.press("Выдать 1 сертификат")
    wait_until(lambda: ".pdf" in anna.open(anna.at), "the worker draws the certificate")
    (code,) = set(CODE.findall(anna.text))
    house.secrets["code"] = code
    stranger = house.visitor()
    stranger.open("/v/")
    assert "З. К." in stranger.press("Проверить", {"code": code})
    assert not mentioned(CHILD, stranger.text)


def err(house: House) -> None:
    """Do what is refused, where the confidential stands in the address, the form or the record."""
    vera, stranger = house.enter("vera"), house.visitor()
    group, token = house.secrets["group"], house.secrets["token"]
    for walker in (vera, stranger):
        walker.get(group)
        walker.post(f"{group}list/", paste=CHILD, q=EMAIL)
        walker.get(f"/nowhere/?q={quote(CHILD)}")
        walker.post(f"/v/{house.secrets['code']}/", q=CHILD)
        walker.post(f"/sign/{token}/", q=EMAIL)
        walker.get(f"/sign/{token}/files/{group.split('/')[3]}/")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method in ("PUT", "FOO"):
        vera.ask(method, f"/sign/{token}/", f"q={CHILD}".encode(), form)
    vera.ask("POST", f"/sign/{token}/", b"\xff" + CHILD.encode(), form)


def wait_until(happened: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait for what others do in their own time. Raises ``TimeoutError``."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.2)


def mentioned(secret: str, text: str) -> bool:
    """Whether a text tells a secret, in letters, percents or escapes."""
    escaped = secret.encode("unicode_escape").decode()
    text = unquote(text).casefold()
    return any(form.casefold() in text for form in (secret, escaped))


def told(house: House, text: str, *but: str) -> list[str]:
    """List what of the confidential stands in a text."""
    names = {"child": CHILD, "given": GIVEN, "head": HEAD, "email": EMAIL, "password": MISTYPED}
    known = names | {"token": house.secrets["token"], "code": house.secrets["code"]}
    return [name for name, secret in known.items() if name not in but and mentioned(secret, text)]


def test_the_story_was_told(house: House) -> None:
    """The control: all of it was on some page or in some form, so its absence means something."""
    pages = "".join(one.answer.text for one in house.passed())

    assert told(house, pages) == ["child", "given", "head", "email", "token", "code"]


def test_no_log_tells(house: House) -> None:
    said = house.output.read_text(errors="replace")
    database = "".join(
        log.read_text(errors="replace") for log in house.output.parent.rglob("server.log")
    )

    assert "Zveno runs at" in said
    assert "Gone: /sign/…/" in said
    assert database
    assert (told(house, said), told(house, database)) == ([], [])


def test_no_address_tells(house: House) -> None:
    """Links open by their token, a certificate's page by its code; nobody is led to a link."""
    for one in house.passed():
        if "/nowhere/" not in one.asked:
            assert told(house, one.asked, "token", "code") == [], one.asked
        assert told(house, one.answer.location, "code") == [], one.asked


def test_no_cookie_tells(house: House) -> None:
    cookies = {value for one in house.passed() for value in one.cookies.values()}

    assert any("Выда" in opened(each) for each in cookies), "messages are found in their cookie"
    for each in cookies:
        assert told(house, each + opened(each)) == []


def opened(cookie: str) -> str:
    """Read a signed cookie as anybody can who has it: base64, perhaps packed."""
    packed = cookie.strip('"').partition(":")[0]
    with suppress(ValueError, zlib.error):
        data = urlsafe_b64decode(packed.removeprefix(".") + "===")
        text = (zlib.decompress(data) if packed.startswith(".") else data).decode()
        return text.encode().decode("unicode_escape") if text.isascii() else text
    return ""


def test_no_refusal_tells(house: House) -> None:
    refused = [one for one in house.passed() if one.answer.status in REFUSED]

    assert {one.answer.status for one in refused} >= {403, 404, 405, 410}
    for one in refused:
        # The form that changes the language leads back to the address it was asked for.
        own = told(house, unquote_plus(one.asked))
        assert told(house, one.answer.text, *own) == [], one.asked


def test_neither_the_journal_nor_jobs_nor_sessions_tell(house: House) -> None:
    """The journal keeps keys; what is left for later is asked by keys too."""
    dump = subprocess.run(
        [sys.executable, "-m", "zveno", "manage", "shell", "--no-imports", "-c", NOTES],
        cwd=live.ROOT,
        env=live.without_database()
        | {"ZVENO_VAR": str(house.site.folder), "ZVENO_ENV": "development"},
        check=True,
        capture_output=True,
        text=True,
    )
    notes = json.loads(dump.stdout)

    assert notes["Session"]
    assert "events.check_in" in {entry["verb"] for entry in notes["Entry"]}
    assert told(house, dump.stdout) == []
