"""WhatsApp through Twilio's Messages API."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import current_app
from twilio.base import values
from twilio.base.exceptions import (
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from . import errors
from .channel import (
    File,
    Halted,
    Permanent,
    Received,
    SendError,
    Sent,
    Temporary,
    Uncertain,
    Unreadable,
)

HOME = "https://api.twilio.com"
TIMEOUT_SECONDS = 10.0
# The last four are the SDK's ways to stumble over JSON that is not what it expects.
NO_ANSWER = (
    TwilioException,
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)
LIST_LIMIT = 1000  # messages to one participant since the one that is looked for
LIST_PAGE = 100
PAGE_SIZE = 1000  # the most Twilio gives
MOST_FILES = 10  # of one message


_of_thread = threading.local()


class _HttpClient(TwilioHttpClient):
    """Sends every Twilio host to TWILIO_API_URL, where one is configured."""

    def __init__(self, base_url: str | None) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS)
        self._base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if self._base_url:
            parts = urlsplit(url)
            query = f"?{parts.query}" if parts.query else ""
            url = f"{self._base_url}{parts.path}{query}"
        return super().request(method, url, *args, **kwargs)


def send(to: str, body: str, media: str | None = None) -> Sent:
    """Hand `body` over to Twilio for the address `to`; it fetches the file at `media` itself."""
    config = current_app.config
    if not config["TWILIO_CONNECTED"]:
        raise Temporary("Twilio is not connected")
    service = config["TWILIO_MESSAGING_SERVICE_SID"]
    try:
        message = client().messages.create(
            to=to,
            body=body or values.unset,
            from_=config["TWILIO_WHATSAPP_NUMBER"],
            status_callback=f"{config['PUBLIC_URL']}/whatsapp/status",
            **({"messaging_service_sid": service} if service else {}),
            **({"media_url": [media]} if media else {}),
        )
    except (TwilioRestException, TwilioServiceException) as error:
        raise _classified(error) from error
    except requests.ConnectTimeout as error:
        raise Temporary("Twilio was not reached in time") from error
    except requests.ConnectionError as error:
        if _never_connected(error):
            raise Temporary("Twilio was not reached") from error
        raise Uncertain("the connection to Twilio broke") from error
    except NO_ANSWER as error:
        raise Uncertain(f"no usable answer from Twilio: {type(error).__name__}") from error
    if not message.sid:
        raise Uncertain("Twilio's answer held no SID")
    return _sent(message)


def find(to: str, body: str, since: datetime) -> list[Sent]:
    """What Twilio took for `to` with this body since then; raises Uncertain if it cannot say.

    A file of ours is known by its caption, or by having none: whatever else is like it has a SID
    that we know.
    """
    try:
        # Newest first, and not by DateSent: what still waits in Twilio's queue has none.
        stream = client().messages.stream(to=to, limit=LIST_LIMIT, page_size=LIST_PAGE)
        listed = list(takewhile(lambda each: not each.date_sent or each.date_sent >= since, stream))
    except NO_ANSWER as error:
        raise Uncertain(f"Twilio's list is unreadable: {type(error).__name__}") from error
    matching = [
        message
        for message in listed
        if (message.direction or "").startswith("outbound")
        and (message.body or "").strip() == body.strip()
        and (message.date_created is None or message.date_created >= since)
    ]
    return [_sent(message) for message in reversed(matching)]


def received(since: datetime) -> Iterator[Received]:
    """What participants wrote to our number since then, newest first; raises Unreadable."""
    since = since.astimezone(UTC).replace(microsecond=0)  # Twilio counts in whole seconds
    try:
        for message in client().messages.stream(
            to=current_app.config["TWILIO_WHATSAPP_NUMBER"],
            date_sent_after=since,
            page_size=PAGE_SIZE,
        ):
            at = message.date_sent or message.date_created
            if message.direction == "inbound" and message.sid and at and at >= since:
                files = int(message.num_media or 0)
                sender, body = str(message.from_ or ""), message.body or ""
                yield Received(message.sid, sender, body, at, files)
    except NO_ANSWER as error:
        raise unreadable(error) from error


def files(sid: str) -> list[File]:
    """What came with the message `sid`, as far as it is still there; raises Unreadable."""
    try:
        listed = client().messages(sid).media.list(limit=MOST_FILES)
    except NO_ANSWER as error:
        if _status(error) == 404:
            return []
        raise unreadable(error) from error
    return [
        File(f"{HOME}{(each.uri or '').removesuffix('.json')}", each.content_type or "")
        for each in listed
    ]


def client() -> Client:
    """Each thread has one of its own: the SDK's keeps few connections, and its answer in itself."""
    config = current_app.config
    account, base_url = config["TWILIO_ACCOUNT_SID"], config["TWILIO_API_URL"]
    key = account, config["TWILIO_AUTH_TOKENS"][0], base_url
    made: dict[Any, Client] = _of_thread.__dict__
    if key not in made:
        made.clear()
        made[key] = Client(*key[:2], http_client=_HttpClient(base_url))
    return made[key]


def _classified(
    error: TwilioRestException | TwilioServiceException,
) -> SendError:
    said = error.msg if isinstance(error, TwilioRestException) else error.detail or error.title
    text = f"HTTP {error.status}: {said}"[:300]
    action = errors.action(error.code)
    if error.status == 401 or action is errors.Action.STOP:  # perhaps a token being rotated
        return Halted(text, error.code)
    if error.status == 429 or action is errors.Action.BACK_OFF:
        return Temporary(text, error.code)
    if error.status >= 500:
        return Uncertain(text, error.code)
    return Permanent(text, error.code)


def unreadable(error: Exception) -> Unreadable:
    status = _status(error)
    said = f"HTTP {status}" if status else type(error).__name__
    return Unreadable(f"Twilio's list is unreadable: {said}")


def _status(error: Exception) -> int | None:
    """The HTTP status by which what was asked for was refused."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return int(error.status)
    return getattr(error.args[1], "status_code", None) if len(error.args) > 1 else None


def _never_connected(error: requests.ConnectionError) -> bool:
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return type(cause).__name__ in ("NewConnectionError", "NameResolutionError")


def _sent(message: MessageInstance) -> Sent:
    status = getattr(message.status, "value", message.status) or ""
    return Sent(str(message.sid), str(status), message.error_code)
