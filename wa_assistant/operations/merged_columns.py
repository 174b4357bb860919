"""What becomes of the columns of two participants who are made one.

A column has a rule here, or belongs to a part of which one chooses whose counts; a test finds those
of which nothing is said.
"""

from collections.abc import Callable, Collection
from typing import Any

from ..models import Attention, Consent, ConversationStatus, Participant

Rule = Callable[[Any, Any], Any]  # of what who stays has, and of what the other has

# Parts of which one person's counts as a whole.
PARTS: dict[str, tuple[str, ...]] = {
    "address": (
        "address",
        "phone",
        "match_key",
        "refused_at",
        "refused_code",
        "paced_until",
        "parent_external_user_id",
    ),
    "name": ("name",),
    "known_as": ("known_as",),
    "journey": (
        "journey_version_id",
        "stage",
        "next_stage",
        "next_stage_at",
        "progress",
        "left_journeys_at",
    ),
    "language": ("language",),
    "assigned": ("assigned_to_id",),
}
# What is left to do comes first, and what was taken back stays so: to merge gives no consent.
STATUSES = [ConversationStatus.OPEN, ConversationStatus.SNOOZED, ConversationStatus.DONE]
CONSENTS = [
    Consent.WITHDRAWN,
    Consent.REFUSED,
    Consent.GIVEN,
    Consent.NOTIFIED,
    Consent.ASKED,
]


def own(stays: Any, goes: Any) -> Any:
    """Nothing changes."""
    return stays


def either(stays: Any, goes: Any) -> Any:
    """What the other has where who stays has nothing."""
    return stays if stays not in (None, "") else goes


def first(stays: Any, goes: Any) -> Any:
    return min((each for each in (stays, goes) if each is not None), default=None)


def last(stays: Any, goes: Any) -> Any:
    return max((each for each in (stays, goes) if each is not None), default=None)


def together(stays: int, goes: int) -> int:
    return stays + goes


def foremost(order: Collection[str]) -> Rule:
    """What stands first in `order`."""
    return lambda stays, goes: next((e for e in order if e in (stays, goes)), either(stays, goes))


def no_longer_two(stays: str | None, goes: str | None) -> str | None:
    """Why they need a person: not for being two any more."""
    left = [each for each in (stays, goes) if each not in (None, Attention.TWO_ROWS)]
    return left[0] if left else None


RULES: dict[str, Rule] = {
    **dict.fromkeys(("id", "simulated", "clock_ahead"), own),
    **dict.fromkeys(("claim_token", "due_at", "attempts", "faults", "fault", "dead_at"), own),
    **dict.fromkeys(("external_user_id", "referral", "taken_over_by_id"), either),
    **dict.fromkeys(("created_at", "waiting_since", "let_in_at", "blocked_at"), first),
    **dict.fromkeys(("attention_at", "called_at", "snoozed_until"), first),
    **dict.fromkeys(("last_activity_at", "last_inbound_at", "answered_at"), last),
    **dict.fromkeys(("paused_until", "handed_back_at", "asked_for_person_at"), last),
    **dict.fromkeys(("consent_asked", "stopped_at"), last),
    "unread": together,
    "attention": no_longer_two,
    "status": foremost(STATUSES),
    "consent": foremost(CONSENTS),
    "marketing_consent": foremost(CONSENTS),
}
FOLLOWS = {"name_folded"}  # from the names, by itself


def joined(stays: Participant, goes: Participant, chosen: Collection[str]) -> dict[str, Any]:
    """The columns of who stays as they are to be; `chosen`: the parts that the other's are, beside
    those of which who stays has nothing."""
    found = {name: rule(*_both(stays, goes, name)) for name, rule in RULES.items()}
    for part, names in PARTS.items():
        is_theirs = part in chosen or getattr(stays, names[0]) in (None, "")
        found |= {name: getattr(goes if is_theirs else stays, name) for name in names}
    if "address" in chosen:
        found["external_user_id"] = either(goes.external_user_id, stays.external_user_id)
    if found["attention"] is None:
        found["attention_at"] = found["called_at"] = None
    if found["status"] != ConversationStatus.SNOOZED:
        found["snoozed_until"] = None
    if found["waiting_since"] is not None:
        found["answered_at"] = None
    return found


def _both(stays: Participant, goes: Participant, name: str) -> tuple[Any, Any]:
    return getattr(stays, name), getattr(goes, name)
