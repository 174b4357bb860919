"""Twilio's Message resource: what it refuses, what it describes, what a list is filtered by."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from .server import Response, answer_json

LONGEST_BODY = 1600
FIXED_TEXTS = {
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21617: "The concatenated message body exceeds the 1600 character limit",
    63016: "Failed to send freeform message because you are outside the allowed window",
}


@dataclass
class Sent:
    """A message Twilio has: taken on from us, or one that a participant wrote.

    `media` are the SID and the content type of each file. `fetched` is what was found at the
    MediaUrl, where the double was told to look.
    """

    sid: str
    to: str
    from_: str
    body: str
    status_callback: str | None
    at: datetime
    fields: dict[str, str] = field(default_factory=dict)
    status: str = "queued"
    error_code: int | None = None
    direction: str = "outbound-api"
    media: list[tuple[str, str]] = field(default_factory=list)
    fetched: list["Fetched"] = field(default_factory=list)


@dataclass(frozen=True)
class Fetched:
    """What Twilio found at a MediaUrl."""

    method: str
    status: int
    headers: dict[str, str]
    content: bytes


def describe(account_sid: str, sent: Sent) -> dict[str, Any]:
    path = _path(account_sid, sent)
    waits = sent.status in ("accepted", "queued")
    return {
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": sent.body,
        "date_created": format_datetime(sent.at),
        "date_sent": None if waits else format_datetime(sent.at),
        "date_updated": format_datetime(sent.at),
        "direction": sent.direction,
        "error_code": sent.error_code,
        "error_message": None,
        "from": sent.from_ or None,
        "messaging_service_sid": sent.fields.get("MessagingServiceSid"),
        "num_media": str(len(sent.media)),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": sent.sid,
        "status": sent.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": sent.to,
        "uri": f"{path}.json",
    }


def describe_media(account_sid: str, sent: Sent) -> dict[str, Any]:
    """The list of a message's files."""
    path = f"{_path(account_sid, sent)}/Media"
    listed = [
        {
            "account_sid": account_sid,
            "content_type": content_type,
            "date_created": format_datetime(sent.at),
            "date_updated": format_datetime(sent.at),
            "parent_sid": sent.sid,
            "sid": sid,
            "uri": f"{path}/{sid}.json",
        }
        for sid, content_type in sent.media
    ]
    return {
        "media_list": listed,
        "page": 0,
        "page_size": 50,
        "start": 0,
        "end": max(0, len(listed) - 1),
        "uri": f"{path}.json?PageSize=50&Page=0",
        "first_page_uri": f"{path}.json?PageSize=50&Page=0",
        "previous_page_uri": None,
        "next_page_uri": None,
    }


def _path(account_sid: str, sent: Sent) -> str:
    return f"/2010-04-01/Accounts/{account_sid}/Messages/{sent.sid}"


def complaint(form: dict[str, str]) -> int | None:
    if not form.get("To"):
        return 21604
    if not form.get("From") and not form.get("MessagingServiceSid"):
        return 21603
    if not any(form.get(name) for name in ("Body", "ContentSid", "MediaUrl")):
        return 21602
    return 21617 if _units(form.get("Body", "")) > LONGEST_BODY else None


def _units(body: str) -> int:
    """As UTF-16 counts them: most emoji are two or more."""
    return len(body.encode("utf-16-le")) // 2


def matches(sent: Sent, wanted: dict[str, str]) -> bool:
    at = sent.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    tests = {
        "To": lambda value: sent.to == value,
        "From": lambda value: sent.from_ == value,
        "DateSent": lambda value: at[:10] == value[:10],
        "DateSent>": lambda value: at[: len(value)] >= value,
        "DateSent<": lambda value: at[: len(value)] <= value,
    }
    return all(tests[name](value) for name, value in wanted.items())


def error(status: int, code: int, message: str | None = None) -> Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    text = message or FIXED_TEXTS.get(code, "Something went wrong")
    return answer_json({"code": code, "message": text, "more_info": more, "status": status}, status)
