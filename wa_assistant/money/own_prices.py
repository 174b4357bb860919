"""The prices that owners say. A row is only ever added: what was counted before stays counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from .. import audit
from ..database import after_commit, db, transaction
from ..models import Action, Price, Subject, User
from ..settings.problem import Problem, Words
from . import amounts, known
from .lines import TokenPrice, What

MOST_SHOWN = 50


def say(given: Mapping[str, str], actor: User) -> Price:
    """Add the price that `given` holds as a form's fields do, and as `actor` says it.

    Raises Problem, with a sentence for each field that cannot be so; nothing is saved then.
    """
    problems: dict[str, Words] = {}
    what = amounts.what(given, problems)
    told = amounts.amounts(what.kind, given, problems)
    since = amounts.since(given, problems)
    if problems:
        raise Problem(problems)
    return _add(what, told, since, Action.ADDED, actor)


def take_back(price_id: int, actor: User) -> Price | None:
    """From today on, our list counts again instead of that price; None where there is none.

    One whose day is still to come never counts: what an owner said before goes on.
    """
    row = db.session.get(Price, price_id)
    if row is None:
        return None
    what, today = what_of(row), known.today()
    before = _before(row) if row.valid_from > today else None
    told = {each: getattr(before, each) for each in amounts.NAMES} if before else {}
    return _add(what, told, max(row.valid_from, today), Action.REMOVED, actor)


def history(what: What) -> Sequence[Price]:
    """What owners said of it, the last first."""
    newest_first = _said_of(what).order_by(Price.valid_from.desc(), Price.id.desc())
    return db.session.scalars(newest_first.options(joinedload(Price.user)).limit(MOST_SHOWN)).all()


def price_of(row: Price) -> TokenPrice | int | None:
    return known.price(row.kind, *(getattr(row, name) for name in amounts.NAMES))


def what_of(row: Price) -> What:
    return What(row.kind, row.name, row.country, row.server)


def _add(
    what: What, told: Mapping[str, int | None], since: date, action: Action, actor: User
) -> Price:
    with transaction():
        before = known.fresh_lines(since).get(what)
        row = Price(user_id=actor.id, **what._asdict(), **told, valid_from=since)
        db.session.add(row)
        db.session.flush()
        audit.record(
            actor,
            action,
            Subject.PRICE,
            row.id,
            before={"price": _plain(before.price)} if before else None,
            after=_described(row),
        )
        after_commit(known.forget)
    return row


def _described(row: Price) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in (*What._fields, *amounts.NAMES)}
    told = {name: value for name, value in told.items() if value is not None}
    return {**told, "valid_from": row.valid_from.isoformat()}


def _plain(price: TokenPrice | int | None) -> Any:
    return vars(price) if isinstance(price, TokenPrice) else price


def _before(row: Price) -> Price | None:
    earlier = _said_of(what_of(row)).where(Price.valid_from < row.valid_from)
    return db.session.scalar(earlier.order_by(Price.valid_from.desc(), Price.id.desc()).limit(1))


def _said_of(what: What) -> Select[Price]:
    return select(Price).filter_by(**what._asdict())
