"""What Twilio sends: a form, by which each webhook can be told apart from all others."""

from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from ..models import Kind

Fields = MultiDict[str, str]

MOST_FIELDS = 500
LONGEST_SID = 64
LONGEST_ADDRESS = 255


class Malformed(Exception):
    """A webhook that cannot be told apart from others, and so cannot be kept."""


def fields(body: bytes) -> Fields:
    """The form in `body`, blanks included; raises Malformed when it is no UTF-8 form."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed(f"not a form in UTF-8: {error}") from None
    return MultiDict(pairs)


def check(body: bytes) -> str:
    """The SID of the message that `body` is about; raises Malformed."""
    sid = fields(body).get("MessageSid", "")
    if not 0 < len(sid) <= LONGEST_SID or "\x00" in sid:
        raise Malformed("no MessageSid")
    return sid


def sender(form: Fields) -> str:
    """Who wrote, as the provider calls them; "" where the form does not say."""
    given = (form.get(name, "").replace("\x00", "") for name in ("From", "ExternalUserId"))
    return next(filter(None, given), "").strip()


def key(kind: Kind, body: bytes) -> str:
    """The same for a repeat: a receipt is one only with its status and error code."""
    form = fields(body)
    names = ("MessageSid", "MessageStatus", "ErrorCode")[: 1 if kind is Kind.INBOUND else 3]
    return ":".join([kind, *(form.get(name, "").replace("\x00", "")[:64] for name in names)])
