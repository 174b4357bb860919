"""What Twilio tells of an account and of its WhatsApp senders."""

from dataclasses import dataclass, field
from typing import Any

ACCOUNT = "/2010-04-01/Accounts/{}.json"
SENDERS = "/v2/Channels/Senders"


@dataclass
class Account:
    name: str = "The company"
    status: str = "active"

    def described(self, sid: str) -> dict[str, Any]:
        return {"sid": sid, "friendly_name": self.name, "status": self.status, "type": "Full"}


@dataclass
class SenderOfOurs:
    """`number` as Twilio writes it, "whatsapp:+5511…"."""

    number: str
    public_url: str
    status: str = "ONLINE"
    quality: str = "HIGH"
    limit: str = "250 customers/24hr"
    webhook: dict[str, str] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        webhook = {
            "callback_url": f"{self.public_url}/whatsapp/webhook",
            "callback_method": "POST",
            "status_callback_url": f"{self.public_url}/whatsapp/status",
        }
        return {
            "sid": "XE" + "0" * 32,
            "status": self.status,
            "sender_id": self.number,
            "webhook": webhook | self.webhook,
            "properties": {"quality_rating": self.quality, "messaging_limit": self.limit},
        }


def listed(senders: list[SenderOfOurs], url: str) -> dict[str, Any]:
    meta = {
        "key": "senders",
        "page": 0,
        "page_size": 50,
        "url": f"{url}{SENDERS}",
        "first_page_url": f"{url}{SENDERS}",
        "next_page_url": None,
        "previous_page_url": None,
    }
    return {"senders": [each.described() for each in senders], "meta": meta}
