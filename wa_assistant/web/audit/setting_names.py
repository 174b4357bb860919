"""What a setting is called where it is not beside its field, its page, and its values in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ...settings.definitions import READ
from ...settings.problem import Problem
from ..money.labels import CAPS
from ..settings.page import Page
from ..settings.pages import ORDER

LIMITS = "limits.index"  # where all are that are on no page of the settings
NAMES = {
    "company": _l("Company name"),
    "purpose": _l("What the assistant is for"),
    "privacy_contact": _l("Contact for privacy"),
    "countries": _l("Countries that process the data"),
    "retention": _l("How long data is kept"),
    "legal_basis": _l("Legal basis"),
    "notice_extra": _l("What else participants should know"),
    "hours": _l("When the team is there"),
    "holidays": _l("Holidays"),
    "closed_dates": _l("Other days on which nobody is there"),
    "away_pt": _l("What is said while nobody is there, in Portuguese"),
    "away_en": _l("What is said while nobody is there, in English"),
    "quiet_hours": _l("Quiet hours"),
    "time_zone": _l("Time zone"),
    "newcomers_journey": _l("Newcomers"),
    "done_after": _l("Done by itself"),
    "similarity_threshold": _l("Similarity from"),
    "coverage_threshold": _l("Share of words from"),
    "assistant_name": _l("The assistant's name"),
    "tone": _l("Tone"),
    "rules": _l("The company's rules"),
    "model": _l("Model"),
    "temperature": _l("Temperature"),
    "answer_tokens": _l("Longest reply, in tokens"),
    "reply_delay": _l("Seconds before it answers"),
    "notes_told": _l("Whether the model is told the team's notes"),
    "exchange": _l("Currency"),
    "alert_errors_percent": _l("Failed messages, in percent"),
    "alert_slow_seconds": _l("Seconds to an answer"),
    "alert_waiting_minutes": _l("Minutes for which people wait"),
    "alert_queue_seconds": _l("Seconds in the queue"),
    "alert_disk_percent": _l("Full disk, in percent"),
    "alert_model_days": _l("Days before a model is shut down"),
    "alert_certificate_days": _l("Days before the certificate expires"),
    "first_day": _l("First steps"),
    "cheaper_model": _l("Cheaper model"),
    **{str(cap): words for cap, words in CAPS.items()},
}


def setting_name(name: str) -> str:
    """As its field is called, or its page; its own name where it has neither."""
    page = _page(name)
    return str(NAMES.get(name) or (page.title if page else name))


def setting_endpoint(name: str) -> str:
    page = _page(name)
    return f"settings.{page.name}" if page else LIMITS


def setting_told(name: str, stored: Any) -> str | None:
    """A value that was stored, in words; None where another version wrote it, or it has no page."""
    page = _page(name)
    try:
        return page.told(name, READ[name](stored)) if page else None
    except Problem:
        return None


def _page(name: str) -> Page | None:
    return next((page for page in ORDER if name in page.fields), None)
