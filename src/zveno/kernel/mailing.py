"""A letter sent now and not through the outbox, to hear what the mail server says."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import gaierror
from ssl import SSLError
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SECONDS = 15
# The first kind that fits decides; descendants stand before their ancestors.
WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], "StrPromise"], ...] = (
    (gaierror, gettext_lazy("There is no mail server “%(server)s”. Check ZVENO_MAIL_HOST.")),
    (
        ConnectionRefusedError,
        gettext_lazy(
            "Nothing answers at %(server)s. Start the mail server, check ZVENO_MAIL_HOST."
        ),
    ),
    (
        TimeoutError,
        gettext_lazy("%(server)s is not responding. Check whether a firewall closes the port."),
    ),
    (
        SMTPRecipientsRefused,
        gettext_lazy("%(server)s does not accept email for this address: %(answer)s"),
    ),
    (
        SMTPSenderRefused,
        gettext_lazy(
            "%(server)s does not accept email from %(sender)s: %(answer)s. Check ZVENO_MAIL_FROM."
        ),
    ),
    (
        SMTPAuthenticationError,
        gettext_lazy(
            "%(server)s does not accept this account: %(answer)s. Check "
            "ZVENO_MAIL_USER and ZVENO_MAIL_PASSWORD."
        ),
    ),
    (
        (SMTPNotSupportedError, SSLError),
        gettext_lazy(
            "%(server)s does not encrypt the connection as it should: "
            "%(answer)s. Check ZVENO_MAIL_PORT."
        ),
    ),
    (SMTPServerDisconnected, gettext_lazy("%(server)s closed the connection: %(answer)s")),
    (Exception, gettext_lazy("%(server)s did not accept the email: %(answer)s")),
)
_LONGEST = 300


def try_mail(to: str) -> str:
    """Send a letter to ``to`` at once; return why it was not taken, in words, or nothing."""
    server = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=SECONDS)
    with translation.override(settings.LANGUAGE_CODE):
        letter = EmailMessage(
            _("Zveno: email test"),
            _("The email has arrived: Zveno at %(address)s can send email.")
            % {"address": settings.ADDRESS},
            settings.DEFAULT_FROM_EMAIL,
            [to],
            connection=server,
        )
    try:
        letter.send()
    except (OSError, ValueError, SMTPException) as error:
        words = next(said for kind, said in WORDS if isinstance(error, kind))
        return str(words) % {
            "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
            "sender": settings.DEFAULT_FROM_EMAIL,
            "answer": _answer(error),
        }
    return ""


def _answer(error: Exception) -> str:
    """Return what the server said, with its code, on one line."""
    said: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return " ".join(str(error).split())[:_LONGEST]
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return f"{code} {' '.join(text.split())}"[:_LONGEST]
