"""The prices that owners say. What has counted stays as it is; a newer row counts instead of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import audit
from ..database import after_commit, db, transaction
from ..models import Action, Price, Subject, User
from ..settings.problem import Problem, Words
from . import amounts, prices
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
    with transaction():
        return _put(what, told, since, Action.ADDED, actor)


def take_back(price_id: int, actor: User) -> What | None:
    """From today on, our list counts again instead of that price; of what, None where there is no
    such price.

    One whose day is still to come goes: nothing was counted by it.
    """
    today = prices.today()
    with transaction():
        row = db.session.get(Price, price_id)
        if row is None:
            return None
        what = what_of(row)
        if row.valid_from > today:
            _withdraw(row, actor)
        else:
            _put(what, {}, today, Action.REMOVED, actor)
    return what


def history(what: What) -> Sequence[Price]:
    """What owners said of it, the last first."""
    rows = select(Price).filter_by(**what._asdict()).options(joinedload(Price.user))
    newest_first = rows.order_by(Price.valid_from.desc(), Price.id.desc())
    return db.session.scalars(newest_first.limit(MOST_SHOWN)).all()


def retractable(rows: Sequence[Price], today: date) -> set[int]:
    """Of a history, the ids of those that can be taken back: the one that counts today, and those
    of later days."""
    to_come = {row.id for row in rows if row.valid_from > today}
    now = next((row for row in rows if row.valid_from <= today), None)
    return to_come | {now.id} if now and now.amount is not None else to_come


def price_of(row: Price) -> TokenPrice | int | None:
    return prices.price_said(row.kind, *(getattr(row, name) for name in amounts.NAMES))


def what_of(row: Price) -> What:
    return What(row.kind, row.name, row.country, row.server)


def _put(what: What, told: Mapping[str, int], since: date, action: Action, actor: User) -> Price:
    before = prices.fresh_lines(since).get(what)
    row = Price(user_id=actor.id, **what._asdict(), **told, valid_from=since)
    db.session.add(row)
    db.session.flush()
    was = {"price": _plain(before.price)} if before else None
    audit.record(actor, action, Subject.PRICE, row.id, before=was, after=_described(row))
    after_commit(prices.forget)
    return row


def _withdraw(row: Price, actor: User) -> None:
    audit.record(actor, Action.REMOVED, Subject.PRICE, row.id, before=_described(row))
    db.session.delete(row)
    after_commit(prices.forget)


def _described(row: Price) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in (*What._fields, *amounts.NAMES)}
    told = {name: value for name, value in told.items() if value is not None}
    return {**told, "valid_from": row.valid_from.isoformat()}


def _plain(price: TokenPrice | int | None) -> Any:
    return vars(price) if isinstance(price, TokenPrice) else price
