"""Keeps the index of what was said in step, a while later and off the path of any message.

What is new is put into it in the order of the ids; what was worded anew since, or is gone, has left
a mark (migration 0025). Words are read and their stems made while nothing is locked; each step is a
small writing unit, holds SQLite's writers up for HELD_SECONDS at most, as measured by the last, and
may be done twice or stopped anywhere. What is not in the index yet is found all the same
(finding.py).
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from ...database import db, one_at_a_time, purge_deleted_words, transaction
from ...models import SearchChange, SearchState
from ...understanding import stems
from . import index
from .query import held
from .sources import SOURCES, Source

LONGEST_SECONDS = 3.0
HELD_SECONDS = 0.025
FEWEST, MOST = 20, 400  # rows in one writing unit
# How far back a row is looked for that was committed after one with a higher id, or has the id of
# one that is gone.
LOOKED_BACK = 1_000


@dataclass
class Pace:
    """How many rows are put in at a time: on Postgres, where nobody waits for it, MOST."""

    rows: int = 100

    def took(self, seconds: float) -> None:
        if db.session().get_bind().dialect.name == "postgresql":
            self.rows = MOST
            return
        wanted = int(self.rows * HELD_SECONDS / max(seconds, 0.001))
        self.rows = max(FEWEST, min(MOST, 2 * self.rows, wanted))


def catch_up(most_seconds: float = LONGEST_SECONDS) -> None:
    """Put in what is new and what has changed, as far as the time allows."""
    ends = time.monotonic() + most_seconds
    pace = Pace()
    for source in SOURCES:
        _look_back(source)
        for step in (_mend, _advance):
            while step(source, pace) and time.monotonic() < ends:
                pass


def purge() -> None:
    """Have what is gone leave SQLite's file too, where anything is."""
    for source in SOURCES:
        state = db.session.get(SearchState, source.name, populate_existing=True)
        if state is not None and state.to_purge:
            with transaction():
                _locked(source).to_purge = False  # what goes from now on is for the next time
            purge_deleted_words(source.index)


def _advance(source: Source, pace: Pace) -> bool:
    """Put the next rows in; whether there are more."""
    state = db.session.get(SearchState, source.name, populate_existing=True)
    since = state.done_until if state and state.version == stems.VERSION else 0
    newer = select(source.key).where(source.key > since).order_by(source.key).limit(pace.rows)
    ids = db.session.scalars(newer).all()

    def done(state: SearchState) -> None:
        state.done_until, state.version = ids[-1], stems.VERSION

    return _put(source, ids, pace, done) if ids else False


def _look_back(source: Source) -> None:
    """Put in what came beneath those that were put in already."""
    state = db.session.get(SearchState, source.name, populate_existing=True)
    newest = db.session.scalar(select(func.max(source.key))) or 0
    until = min(newest, state.done_until if state else 0)
    late = index.missing(source, until - LOOKED_BACK, until)

    def done(state: SearchState) -> None:
        state.done_until = min(newest, state.done_until)

    if late or (state and newest < state.done_until):
        _put(source, late, Pace(), done)


def _mend(source: Source, pace: Pace) -> bool:
    """Put in anew what is worded anew; whether there is more."""
    marks = select(SearchChange.id, SearchChange.row_id).where(SearchChange.source == source.name)
    found = db.session.execute(marks.order_by(SearchChange.id).limit(pace.rows)).all()
    if not found:
        return False

    def done(state: SearchState) -> None:
        state.to_purge = True
        marked = [mark for mark, _ in found]
        db.session.execute(delete(SearchChange).where(SearchChange.id.in_(marked)))

    return _put(source, {row_id for _, row_id in found}, pace, done)


def _put(
    source: Source, ids: Collection[int], pace: Pace, done: Callable[[SearchState], None]
) -> bool:
    rows = {id_: (held(each.said), each.simulated) for id_, each in source.texts(ids).items()}
    with transaction():
        state = _locked(source)
        began = time.monotonic()
        # What has gone since its words were read stays gone.
        there = select(source.key).where(source.key.in_(rows))
        kept = set(db.session.scalars(there.with_for_update(read=True, key_share=True)))
        index.put(source, {id_: rows[id_] for id_ in rows if id_ in kept})
        done(state)
    pace.took(time.monotonic() - began)
    return True


def _locked(source: Source) -> SearchState:
    one_at_a_time(f"search {source.name}")
    state = db.session.get(SearchState, source.name, populate_existing=True)
    if state is None:
        state = SearchState(source=source.name, done_until=0, version=0, to_purge=False)
        db.session.add(state)
    return state
