"""What the latest answers of those outside mean for us: for a page, the alerts and the doctor."""

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import current_app

from ..database import utcnow
from ..models import Check

GOOD_QUALITY = ("", "HIGH", "GREEN", "UNKNOWN")
WAYS = {"webhook": "/whatsapp/webhook", "receipts": "/whatsapp/status"}


class Elsewhere(NamedTuple):
    """Where Twilio sends something, and where it ought to."""

    theirs: str
    ours: str


def elsewhere(sender: dict[str, str]) -> list[Elsewhere]:
    """What Twilio sends to another address than ours; nothing of what it does not say."""
    home = current_app.config["PUBLIC_URL"]
    pairs = [Elsewhere(sender.get(way, ""), f"{home}{path}") for way, path in WAYS.items()]
    return [each for each in pairs if each.theirs not in ("", each.ours)]


def has_good_quality(sender: dict[str, str]) -> bool:
    return sender.get("quality", "").upper() in GOOD_QUALITY


def endings(check: Check) -> dict[str, date | None]:
    """When each of our models is shut down; None where the server says nothing of it."""
    models: dict[str, Any] = check.found.get("models") or {}
    return {name: _day(until) for name, until in models.items()}


def valid_until(check: Check) -> datetime | None:
    """Of the certificate, when it was seen last."""
    until = check.found.get("until")
    return datetime.fromisoformat(until) if until else None


def days_to(day: date) -> int:
    """From today on, in UTC; less than none where it is past."""
    return (day - utcnow().date()).days


def _day(written: Any) -> date | None:
    """As a server writes it; None where that is no day."""
    try:
        return date.fromisoformat(str(written or "")[:10])
    except ValueError:
        return None
