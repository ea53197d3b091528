"""A browser without a screen: follows links, fills forms in, presses buttons, notes what passed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from tests.live import Answer, Visitor

Attributes = list[tuple[str, str | None]]
PAGE_LOADS = 5


@dataclass
class Button:
    """A button: what is written on it, where it sends its form, what it adds."""

    target: str
    adds: dict[str, str]
    text: str = ""


@dataclass
class Form:
    """A form as it stands: where it goes, what it holds, boxes not ticked, its buttons."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)


@dataclass
class Link:
    """A link: its address, the step it is marked with, its words."""

    address: str
    step: str
    text: str = ""


class Page(HTMLParser):
    """What a person could do on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[Link] = []
        self._open: list[Form] = []
        self._named: Button | Link | None = None
        self._area = self._choice = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note what is opened."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self._named = Link(given["href"], given.get("data-step", ""))
            self.links.append(self._named)
        elif tag == "form":
            self._open = [Form(given.get("method", "get"), given.get("action", ""))]
            self.forms.extend(self._open)
        elif self._open:
            self._of_form(tag, given, self._open[0])

    def _of_form(self, tag: str, given: Mapping[str, str], form: Form) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" and given.get("type", "submit") == "submit":
            adds = {name: value} if name else {}
            self._named = Button(given.get("formaction", form.action), adds)
            form.buttons.append(self._named)
        elif tag == "input" and given.get("type") != "file":
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            (form.fields if ticked else form.boxes)[name] = value
        elif tag == "textarea":
            self._area = name
            form.fields[name] = ""
        elif tag == "select":
            self._choice = name
        elif tag == "option" and ("selected" in given or self._choice not in form.fields):
            form.fields[self._choice] = value

    def handle_data(self, data: str) -> None:
        """Note the words on a button or a link, and what stands in a field of text."""
        if self._named:
            self._named.text += data
        elif self._area and self._open:
            self._open[0].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Note what is closed."""
        if tag in {"a", "button"}:
            self._named = None
        elif tag == "form":
            self._open = []
        elif tag == "textarea" and self._open:
            # HTML does not count a line break at its very beginning.
            fields = self._open[0].fields
            fields[self._area] = fields[self._area].removeprefix("\n")
            self._area = ""


@dataclass
class Exchange:
    """A request and its answer, with the cookies the browser holds after it."""

    asked: str
    answer: Answer
    cookies: dict[str, str]


@dataclass
class Walker(Visitor):
    """A visitor who sees pages; ``passed`` is all that went over the wire."""

    at: str = "/"
    text: str = ""
    passed: list[Exchange] = field(default_factory=list)

    def open(self, path: str) -> str:
        """Open an address, follow where it leads; return the page."""
        path = urlsplit(path)._replace(scheme="", netloc="", fragment="").geturl()
        return self._arrive(path, self.get(path))

    def follow(self, *, step: str = "", text: str = "") -> str:
        """Follow the first link marked with ``step`` or with ``text`` on it."""
        for link in Page(self.text).links:
            if (step and link.step == step) or (text and text in link.text):
                return self.open(urljoin(self.at, link.address))
        raise self._nothing(step or text)

    def press(self, text: str, fields: Mapping[str, str] | None = None, *, tick: str = "") -> str:
        """Press the button with ``text`` on it: ``fields`` typed into its form, a box ticked."""
        for form in Page(self.text).forms:
            for button in form.buttons:
                if text in button.text:
                    ticked = {tick: form.boxes[tick]} if tick else {}
                    sent = form.fields | ticked | button.adds | dict(fields or {})
                    return self._send(form.method, urljoin(self.at, button.target), sent)
        raise self._nothing(text)

    def _nothing(self, wanted: str) -> AssertionError:
        heading = self.text.partition("<h1>")[2].partition("</h1>")[0]
        return AssertionError(f"nothing called {wanted!r} at {self.at}, {heading!r}")

    def _send(self, method: str, address: str, sent: dict[str, str]) -> str:
        if method == "get":
            return self.open(f"{address}?{urlencode(sent)}")
        return self._arrive(address, self.post(address, **sent))

    def _arrive(self, path: str, answer: Answer) -> str:
        for _ in range(PAGE_LOADS):
            self.at, self.text = path, answer.text
            if not answer.location:
                return self.text
            path = urljoin(path, answer.location).partition("#")[0]
            answer = self.get(path)
        raise AssertionError(f"led round and round at {path}")

    def ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]
    ) -> Answer:
        """Send a request and note it."""
        answer = super().ask(method, path, body, headers)
        self.passed.append(Exchange(f"{method} {path}", answer, dict(self.cookies)))
        return answer
