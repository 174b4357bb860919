"""How often somebody may try to sign in: 10 times in 10 minutes, by address and by person.

What is counted are the attempts that failed and those under way: one that succeeds counts no
longer, so that a whole office may begin its day behind one address. Counted in the database, under
a lock of each address and person: exact also where many try at once, and while Redis is away.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from ..database import db, one_at_a_time, transaction, utcnow
from ..models import SignInAttempt
from ..work import rates

MOST = 10
WINDOW = timedelta(minutes=10)


class TooMany(Exception):
    """There were as many as may be; `until` is when the next may be made."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def by_address(address: str) -> str:
    return f"address {rates.network(address)}"[:300]


def by_email(email: str) -> str:
    return f"e-mail {email}"[:300]


def by_link_for(email: str) -> str:
    return f"link for {email}"[:300]


def by_asking_for(email: str) -> str:
    """Apart from what owners make for them, whom nobody at the door may hinder."""
    return f"asked for {email}"[:300]


def by_github_id(number: int) -> str:
    return f"GitHub {number}"


def begin(*whose: str) -> list[int]:
    """One more attempt of each of these, to be forgotten if it succeeds; raises TooMany, and
    counts nothing then."""
    with transaction():
        return count(*whose)


def count(*whose: str) -> list[int]:
    """The same, within the writing unit under way."""
    for each in sorted(whose):
        one_at_a_time(f"attempts of {each}")
    now = utcnow()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
    for each in whose:
        _check(each, now)
    made = [SignInAttempt(whose=each, at=now) for each in whose]
    db.session.add_all(made)
    db.session.flush()
    return [each.id for each in made]


def forget(ids: Sequence[int]) -> None:
    """These count no longer: they succeeded, or failed by nobody's fault here."""
    with transaction():
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(ids)))


def _check(whose: str, now: datetime) -> None:
    made, oldest = db.session.execute(
        select(func.count(), func.min(SignInAttempt.at)).where(
            SignInAttempt.whose == whose, SignInAttempt.at > now - WINDOW
        )
    ).one()
    if made >= MOST:
        raise TooMany(oldest + WINDOW)
