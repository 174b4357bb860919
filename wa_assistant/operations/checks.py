"""What is tried in the background, so that no request waits for it: whether a job is done, whether
Twilio and the model answer, how long the certificate holds.

Each is a row with how the latest try went; a page, /health and the alerts read that. A try that is
older than it should be says nothing any more: see `is_old`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ..database import db, insert_once, transaction, utcnow
from ..models import Check, Checked

# After so long a try says nothing any more. An engine does one every twenty seconds; who is outside
# is asked every minute, and may take half of one to answer.
OLD = {
    Checked.ENGINE: timedelta(seconds=60),
    Checked.TWILIO: timedelta(minutes=3),
    Checked.MODEL: timedelta(minutes=3),
    Checked.CERTIFICATE: timedelta(hours=3),
}


def keep(name: Checked, found: Mapping[str, Any] | None, reason: str = "") -> None:
    """It went well and this was `found`; or `reason` says why it did not, and what was found the
    last time stays."""
    now, well = utcnow(), not reason
    with transaction():
        insert_once(Check, name=name, at=now, well=well, since=now, found={})
        check = db.session.get_one(Check, name, with_for_update=True, populate_existing=True)
        check.since = check.since if check.well == well else now
        check.at, check.well, check.reason = now, well, reason[:60]
        if found is not None:
            check.found = dict(found)


def latest() -> dict[Checked, Check]:
    """By name, of what was tried at all."""
    return {Checked(each.name): each for each in db.session.scalars(select(Check))}


def is_old(check: Check, now: datetime | None = None) -> bool:
    """Whether it says nothing any more: nobody has tried for too long, or a clock was wrong."""
    return not timedelta(0) <= (now or utcnow()) - check.at <= OLD[Checked(check.name)]


def is_well(check: Check | None) -> bool | None:
    """None where nobody knows."""
    return None if check is None or is_old(check) else check.well
