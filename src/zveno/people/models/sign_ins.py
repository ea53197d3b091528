"""Sign-ins: who is signed in where; the sessions of this house (``settings.SESSION_ENGINE``).

A session is written before and after anybody is known, so it goes past the door; ending one is a
verb like any other.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar, Self, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import OperationalError, models

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models.links import hashed
from zveno.people.models.persons import Account

KEY_LENGTH = 40
FRESH = timedelta(minutes=5)
BROWSERS = {
    "YaBrowser": "Яндекс Браузер",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


class SignInQuerySet(Questions["SignIn"]):
    """Questions about sign-ins."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own."""
        return self.none() if actor.person is None else self.filter(account__person=actor.person)

    def live(self) -> Self:
        """Keep those that still let somebody in."""
        return self.filter(expire_date__gt=clock.now())

    def opened_by(self, session_key: str) -> Self:
        """Keep the one of a browser with this cookie; only its hash is stored."""
        return self.filter(session_key=kept_key(session_key))


class SignIn(AbstractBaseSession, Record):
    """One browser in which somebody has signed in; without an account, somebody half-way.

    ``device`` says in a few words what the browser called itself. What it sent is not kept, nor
    is its address.
    """

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = {
        "session_key": Data.SEALED,
        "session_data": Data.SEALED,
        "device": Data.PERSONAL,
    }

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sign_ins")
    device = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    objects: ClassVar = BaseSessionManager.from_queryset(SignInQuerySet)()

    def __str__(self) -> str:
        """Name the device."""
        return self.device

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return the store that fills these rows."""
        return SessionStore


class SessionStore(DatabaseStore):
    """Keep sessions as sign-ins, each under the hash of its cookie.

    ``sign_in`` is the row read, with its account: whoever asks for a session asks for both.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.sign_in: SignIn | None = None
        self.agent = ""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """Return what sessions are kept as."""
        return SignIn

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return SignIn.objects.opened_by(session_key).exists()

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """Make the row of ``data``; what is known of the device and the beginning stays."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        row = self.sign_in
        if row is None or row.pk != kept_key(key):
            row = SignIn(session_key=kept_key(key), device=device_words(self.agent))
        row.session_data = self.encode(data)
        row.expire_date = clock.now() + timedelta(seconds=self.get_expiry_age())
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        self.sign_in = row
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key, or this one."""
        key = session_key or self.session_key
        if key:
            SignIn.objects.opened_by(key).delete()

    def touch(self) -> None:
        """Remember that the browser was here, not oftener than every few minutes.

        With a full disk that fails, and the page that was read is shown all the same.
        """
        row, moment = self.sign_in, clock.now()
        if row and row.account_id and row.seen_at < moment - FRESH:
            with suppress(OperationalError):
                SignIn.objects.filter(pk=row.pk).update(seen_at=moment)

    def _get_session_from_db(self) -> SignIn | None:
        self.sign_in = _opened(self.session_key or "")
        if self.sign_in is None:
            self._session_key = None
        return self.sign_in


_OPENED = questions.Records(
    """
    SELECT {columns} FROM people_signin s LEFT JOIN people_account a ON a.id = s.account_id
    WHERE s.session_key = %s AND s.expire_date > %s
    """,
    s=SignIn,
    a=Account,
)


def _opened(session_key: str) -> SignIn | None:
    """Return what ``SignIn.objects.live().opened_by(session_key)`` holds, with its account."""
    for sign_in, account in _OPENED(kept_key(session_key), clock.now()):
        if account:
            sign_in.account = account
        return cast("SignIn", sign_in)
    return None


def forget_old_sign_ins() -> int:
    """Remove sign-ins that let nobody in any more; return how many there were."""
    return SignIn.objects.filter(expire_date__lte=clock.now()).delete()[0]


def kept_key(session_key: str) -> str:
    """Return what a session's key is kept as: whoever reads the table cannot sign in by it."""
    return hashed(session_key)[:KEY_LENGTH]


def device_words(agent: str) -> str:
    """Say in a few words what a browser calls itself: «Chrome, Windows»."""
    browser = next((words for mark, words in BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((words for mark, words in SYSTEMS.items() if mark in agent), "")
    return ", ".join(filter(None, [browser, system]))
