"""What participants consent to, as the team learns it outside of the chat, and what follows.

Who says so says since when, and how it is known. What they said later than that still counts.
"""

from datetime import UTC, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction, utcnow
from ..models import (
    Action,
    Attention,
    Consent,
    ConsentSource,
    Participant,
    Purpose,
    Settlement,
    Subject,
    User,
)
from ..models.characters import seen_in_a_line
from ..models.consent import PROOF_CHARACTERS
from ..privacy import consent
from ..settings.problem import Problem, Words
from ..work.queue import later
from . import attention, awaiting_consent, silence

EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)  # WhatsApp's own year

NO_KIND = _l("Say whether they gave it or took it back.")
NO_DATE = _l("Say on which day.")
FUTURE = _l("This day is still to come.")
TOO_EARLY = _l("This day is too long ago.")
NO_PROOF = _l("Say how it is known: a form, a call, an e-mail.")
TOO_LONG = _l("At most %(num)d characters.", num=PROOF_CHARACTERS)


def record_by_hand(
    actor: Actor,
    participant_id: int,
    purpose: Purpose,
    kind: Consent,
    source: ConsentSource,
    at: datetime | None,
    proof: str,
) -> bool:
    """They gave or took back at `at`; whether that is where they stand now, or they have said
    something later. Raises Problem, by "kind", "at" and "proof"."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        return put(actor, participant, purpose, kind, source, at, proof)


def put(
    actor: Actor,
    participant: Participant,
    purpose: Purpose,
    kind: Consent,
    source: ConsentSource,
    at: datetime | None,
    proof: str,
) -> bool:
    """The same in the writing unit under way, which holds the participant."""
    proof = seen_in_a_line(proof)
    problems = _problems(kind, at, proof)
    if problems or at is None:
        raise Problem(problems)
    latest = consent.said_last(participant.id, purpose)
    counts = latest is None or latest <= at
    how: dict[str, Any] = {
        "source": source,
        "proof": proof,
        "user_id": actor.id if isinstance(actor, User) else None,
        "given_at": at,
    }
    if purpose == Purpose.SERVICE and kind == Consent.WITHDRAWN and counts:
        _stop(participant, how)
    else:
        consent.keep(participant, purpose, kind, counts=counts, **how)
    if purpose == Purpose.SERVICE and kind == Consent.GIVEN and counts:
        _begin(participant)
    what = {"purpose": purpose, "kind": kind, "source": source, "on": at.date().isoformat()}
    audit.record(actor, Action.RECORDED_CONSENT, Subject.PARTICIPANT, participant.id, after=what)
    live.conversation_changed(participant.id)
    return counts


def _problems(kind: Consent, at: datetime | None, proof: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if kind not in (Consent.GIVEN, Consent.WITHDRAWN):
        found["kind"] = NO_KIND
    if at is None:
        found["at"] = NO_DATE
    elif not EARLIEST <= at <= utcnow():
        found["at"] = TOO_EARLY if at < EARLIEST else FUTURE
    if not proof:
        found["proof"] = NO_PROOF
    elif len(proof) > PROOF_CHARACTERS:
        found["proof"] = TOO_LONG
    return found


def _stop(participant: Participant, how: dict[str, Any]) -> None:
    """As if they had written STOP, but for the confirmation."""
    participant.stopped_at = participant.stopped_at or utcnow()
    consent.take_back_all(participant, None, **how)
    silence.stop(participant.id)
    awaiting_consent.settle_all(participant, Settlement.STOPPED)
    attention.call_off(participant, Attention.CONSENT_UNCLEAR)


def _begin(participant: Participant) -> None:
    """As if they had said yes, or had come back: what waited for it is answered now."""
    participant.stopped_at = None
    attention.call_off(participant, Attention.CONSENT_UNCLEAR)
    if awaiting_consent.release(participant):
        later("jobs.reply.answer", participant.id)
