"""Sends e-mail: the only module that knows SMTP.

SMTP_URL is smtp://host:587, which goes on encrypted where the server offers it, or
smtps://host:465, which begins so. A password goes over an encrypted connection only, or to this
very machine; a server's certificate is checked.
"""

import ipaddress
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

TIMEOUT_SECONDS = 15.0
PORTS = {"smtp": 587, "smtps": 465}
PERMANENT = range(500, 600)
# Of a refusal that is ours to mend, and so may be over with the next try.
OF_THE_ACCOUNT = (530, 534, 535, 538)


class SmtpError(Exception):
    """It was not sent, for what `str` says: the server's own words, or ours."""


class Refused(SmtpError):
    """This e-mail is not taken, whenever it is tried."""


class Unavailable(SmtpError):
    """It may be taken later."""


def send(to: str, subject: str, text: str) -> None:
    """Hand an e-mail over. Raises SmtpError: then it was not taken, or nobody knows."""
    message = _message(to, subject, text)
    try:
        with _connected(urlsplit(current_app.config["SMTP_URL"])) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _of(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPResponseException as error:
        raise _of(error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPNotSupportedError as error:  # letters that the server cannot address
        raise Refused(str(error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(f"{type(error).__name__}: {error}") from None


def _message(to: str, subject: str, text: str) -> EmailMessage:
    sender = current_app.config["SMTP_FROM"]
    message = EmailMessage(SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that no absence is answered to us
    message.set_content(text)
    return message


@contextmanager
def _connected(url: SplitResult) -> Iterator[smtplib.SMTP]:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    encrypted = url.scheme == "smtps"
    trusted = ssl.create_default_context()
    if encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=trusted
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=trusted)
            encrypted = True
        if url.username:
            if not encrypted and not _is_here(host):
                raise Unavailable("The mail server offers no encryption, and gets no password.")
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def _of(code: int, words: bytes | str) -> SmtpError:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    is_final = code in PERMANENT and code not in OF_THE_ACCOUNT
    return (Refused if is_final else Unavailable)(f"{code} {said}")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
