"""How states, moments and money are written on a page."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from ..database import utcnow

TEAM_ZONE = ZoneInfo("America/Sao_Paulo")

AUTHORS = {
    "participant": "Participant",
    "assistant": "Assistant",
    "user": "Colleague",
    "system": "System",
}
STATUSES = {
    "waiting": "waiting to be sent",
    "claimed": "being sent",
    "uncertain": "asking WhatsApp whether it was sent",
    "accepted": "handed over",
    "queued": "handed over",
    "sending": "handed over",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "not sent",
    "undelivered": "not delivered",
}
ATTENTION = {
    "no model": "no model is connected",
    "model failed": "the model did not answer",
    "not delivered": "a message did not arrive",
}


def init_app(app: Flask) -> None:
    app.add_template_filter(lambda author: AUTHORS[author], "author")
    app.add_template_filter(lambda status: STATUSES[status], "status")
    app.add_template_filter(lambda reason: ATTENTION[reason], "attention")
    app.add_template_filter(moment)
    app.add_template_filter(money)


def moment(when: datetime) -> str:
    """The time of day, with the date when that is not today, in the team's zone."""
    local = when.astimezone(TEAM_ZONE)
    if local.date() == utcnow().astimezone(TEAM_ZONE).date():
        return f"{local:%H:%M}"
    return f"{local:%d/%m/%Y %H:%M}"


def money(micro_dollars: int) -> str:
    return f"USD {micro_dollars / 1_000_000:.6f}"
