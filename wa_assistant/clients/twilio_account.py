"""What Twilio says of the account and of our WhatsApp sender: asked in the background alone."""

from dataclasses import asdict, dataclass
from typing import Any

from flask import current_app

from .twilio import NO_ANSWER, client, unreadable

ACTIVE = "active"
ONLINE = "ONLINE"  # and "ONLINE:UPDATING"
MOST_SENDERS = 200


@dataclass(frozen=True)
class Account:
    """`status` is Twilio's word: "active", "suspended" or "closed"."""

    name: str
    status: str

    @property
    def is_active(self) -> bool:
        return self.status == ACTIVE


@dataclass(frozen=True)
class Sender:
    """A WhatsApp sender: Twilio's own words, "" for what it does not say.

    `webhook` is where it sends what participants write, and `receipts` what becomes of ours.
    """

    sid: str
    status: str
    quality: str
    limit: str
    webhook: str
    receipts: str

    @property
    def is_online(self) -> bool:
        return self.status.startswith(ONLINE)

    def told(self) -> dict[str, str]:
        return asdict(self)


def account() -> Account:
    """Raises Unreadable where Twilio does not say."""
    sid = current_app.config["TWILIO_ACCOUNT_SID"]
    try:
        found = client().api.v2010.accounts(sid).fetch()
        return Account(str(found.friendly_name or ""), _word(found.status))
    except NO_ANSWER as error:
        raise unreadable(error) from error


def sender() -> Sender | None:
    """Ours; None where the account has none of that number, as in Twilio's sandbox. Raises
    Unreadable."""
    number = current_app.config["TWILIO_WHATSAPP_NUMBER"]
    try:
        senders = client().messaging.v2.channels_senders
        for each in senders.stream(channel="whatsapp", limit=MOST_SENDERS):
            if each.sender_id == number:
                return _sender(each)
    except NO_ANSWER as error:
        raise unreadable(error) from error
    return None


def _sender(found: Any) -> Sender:
    properties, webhook = found.properties or {}, found.webhook or {}
    return Sender(
        sid=str(found.sid or ""),
        status=_word(found.status),
        quality=str(properties.get("quality_rating") or ""),
        limit=str(properties.get("messaging_limit") or ""),
        webhook=str(webhook.get("callback_url") or ""),
        receipts=str(webhook.get("status_callback_url") or ""),
    )


def _word(value: Any) -> str:
    return str(getattr(value, "value", value) or "")
