"""Hosts that people name: none of them leads into an inner network."""

import socket
from threading import Event
from typing import Any

import pytest

from zveno.kernel import outside
from zveno.kernel.outside import Unreachable, Why, is_public, pinned, place_of

INNER = [
    *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),  # noqa: S104 - refused
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("198.18.0.1", "240.0.0.1", "192.88.99.1", "192.0.0.8"),
    *("::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "fe80::1%eth0"),
    *("fc00::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::"),
    *("2001:0:7f00:1::", "2001:db8::1", "100::1"),
]
WRITTEN = [
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost"),
    *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]"),
]
NO_ADDRESSES = [
    *("", "hooks.example.org", "http://hooks.example.org/", "ftp://hooks.example.org/"),
    *("https://", "https:///a", "https://name:word@hooks.example.org/", "https://a@b@c/"),
    *("https://hooks.example.org:0x50/", "https://hooks.example.org:99999/"),
    *("https://hooks.example.org/#part", "https://hooks.example.org/a b", "https://[::1/"),
    *("https://hooks.example.org\\@127.0.0.1/", "https://hooks.example.org/\r\nHost: a"),
    *("https://hooks.example.org/путь", "https://ho oks.example.org/", "https://%31/", "file:///a"),
    "https://" + "a" * 64 + ".org/",
]


@pytest.fixture(autouse=True)
def permitted(settings: Any) -> None:
    settings.WEBHOOKS_TO = ["*"]
    settings.WEBHOOKS_HERE = False


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_not_public_however_it_is_written(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2a00:1450:4010:c05::65", "8.8.8.8"])
def test_public_address_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", WRITTEN)
def test_name_for_this_machine_is_never_connected_to(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]

        with pytest.raises(Unreachable) as refused:
            outside.post(f"https://{host}:{port}/", b"", {})

        assert refused.value.why in {Why.INNER, Why.NO_HOST}
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_listener_would_have_noticed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "WHOLE", 0.2)
    settings.WEBHOOKS_HERE = True
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)

        with pytest.raises(Unreachable):
            outside.post(f"https://127.0.0.1:{listener.getsockname()[1]}/", b"", {})

        listener.accept()[0].close()


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Unreachable) as refused:
        place_of(address)

    assert refused.value.why == Why.NO_ADDRESS


def test_one_inner_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "resolve", lambda *_: ["93.184.215.14", "10.0.0.1"])

    with pytest.raises(Unreachable) as refused:
        pinned(place_of("https://both.example.org/"))

    assert refused.value.why == Why.INNER


def test_lookups_that_never_end_are_few_and_are_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered, asked = Event(), []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        answered.wait()
        return ["93.184.215.14"]

    monkeypatch.setattr(outside, "LOOKUP", 0.01)
    monkeypatch.setattr(outside, "resolve", resolve)

    found = {outside.judged(f"https://{n}.example.org/").why for n in range(9)}
    answered.set()

    assert found == {Why.SLOW}
    assert len(asked) <= 4


def test_what_was_judged_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    leads = iter([["93.184.215.14"], ["127.0.0.1"]])
    connected: list[Any] = []

    def refuse(to: Any, _seconds: float) -> None:
        connected.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(outside, "resolve", lambda *_: next(leads))
    monkeypatch.setattr(socket, "create_connection", refuse)

    with pytest.raises(Unreachable) as refused:
        outside.post("https://hooks.example.org/a?b=c", b"{}", {})

    assert refused.value.why == Why.BROKEN
    assert connected == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    ("permitted_to", "host"),
    [
        ("hooks.example.org", "hooks.example.org"),
        ("hooks.example.org", "HOOKS.example.org"),
        (".example.org", "deep.hooks.example.org"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
    ],
)
def test_hosts_of_the_settings_are_sent_to(settings: Any, permitted_to: str, host: str) -> None:
    settings.WEBHOOKS_TO = [permitted_to]

    assert place_of(f"https://{host}:8443/").port == 8443


@pytest.mark.parametrize(
    ("permitted_to", "host"),
    [
        (["hooks.example.org"], "other.example.org"),
        (["hooks.example.org"], "hooks.example.org.evil.example"),
        ([".example.org"], "badexample.org"),
        ([], "hooks.example.org"),
    ],
)
def test_other_hosts_are_not(settings: Any, permitted_to: list[str], host: str) -> None:
    settings.WEBHOOKS_TO = permitted_to

    with pytest.raises(Unreachable) as refused:
        place_of(f"https://{host}:8443/")
    assert refused.value.why == Why.NOT_PERMITTED
