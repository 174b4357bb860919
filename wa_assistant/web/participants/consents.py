"""Consent that was given or taken back outside of the chat, as a user records it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from ...conversation import consents
from ...database import utcnow
from ...models import Consent, ConsentSource, Purpose
from ...settings.problem import Problem
from .. import access
from ..inbox.beside import Typed
from ..inbox.views import load
from . import shown

blueprint = Blueprint("consents", __name__, url_prefix="/conversations/<id:participant_id>")

KINDS = {"given": Consent.GIVEN, "withdrawn": Consent.WITHDRAWN}
INPUTS = ("kind", "on", "proof")


@blueprint.post("/consents/<purpose>")
@access.may(Act.RECORD_CONSENT)
def record(participant_id: int, purpose: str) -> ResponseReturnValue:
    load(participant_id)
    if purpose not in list(Purpose):
        abort(404)
    values = {name: request.form.get(name, "") for name in INPUTS}
    kind = KINDS.get(values["kind"], Consent.ASKED)
    try:
        counts = consents.record_by_hand(
            current_user,
            participant_id,
            Purpose(purpose),
            kind,
            ConsentSource.BY_HAND,
            _moment(values["on"], kind),
            values["proof"],
        )
    except Problem as problem:
        wrong = Typed(f"consent-{purpose}", values, problem.places)
        return shown.refused(participant_id, typed=wrong)
    words = _("Recorded.") if counts else _("Recorded. What they said later still counts.")
    return shown.done(participant_id, words)


def _moment(typed: str, kind: Consent) -> datetime | None:
    """The day in the team's zone: for a yes its first moment, for a no its last, and of today this
    one. None where it is no day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    zone = ZoneInfo(settings.current().time_zone)
    now = utcnow()
    if day == now.astimezone(zone).date():
        return now
    try:
        begins = datetime.combine(day, time(), zone).astimezone(UTC)
        ends = begins + timedelta(days=1, seconds=-1)
    except OverflowError:  # at the end of all days, which is none to record
        return datetime.combine(day, time(), UTC)
    return ends if kind == Consent.WITHDRAWN else begins
