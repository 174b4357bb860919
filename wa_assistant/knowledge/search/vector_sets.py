"""Vectors are made, kept and changed here: those of one model and dimension are a space.

One space serves. After a change of model another is filled in its shadow, and takes its place
when no active passage is left without a vector in it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ...database import db, one_at_a_time, transaction
from ...models import Passage, Space, Vector
from . import pgvector
from .embedding import Away, Busy, Matrix, Refused, ask
from .index import on_postgres

__all__ = [
    "Away",
    "Busy",
    "Refused",
    "activate",
    "begin_shadow",
    "complete",
    "deactivate",
    "drop_retired",
    "embed",
    "for_new_passages",
    "in_use",
    "is_outdated",
    "lacks",
    "left",
    "newest",
    "serving",
    "wanted",
]

BATCH = 32  # passages a call, and a transaction
CHUNK = 500  # ids in a statement


def wanted() -> str | None:
    """The model of the configuration; None without a key."""
    if not current_app.config["OPENAI_CONNECTED"]:
        return None
    return str(current_app.config["OPENAI_EMBEDDING_MODEL"])


def serving(session: Session) -> Space | None:
    """The space that is searched."""
    return session.scalar(select(Space).where(Space.serving))


def in_use() -> str | None:
    """The model of the vectors that are searched; the configuration's until there are any."""
    space = serving(db.session())
    return space.model if space else wanted()


def is_outdated() -> bool:
    """Whether the space that is searched is of another model than the configuration's."""
    space = serving(db.session())
    return space is not None and space.model != wanted()


def lacks(session: Session, files: Sequence[str]) -> bool:
    """Whether active passages of these uploads are found by words alone."""
    space = serving(session)
    if space is None:
        return False
    left = _left(space.id).where(Passage.file.in_(files)).limit(1)
    return session.scalars(left).first() is not None


def for_new_passages() -> int | None:
    """The space new passages belong in; None without a key.

    The first one is made here. Where passages are found by words alone already it is to be made
    in the shadow (`begin_shadow`): until then there is none.
    """
    model = wanted()
    if model is None:
        return None
    with transaction() as session:
        one_at_a_time("knowledge")
        space = serving(session)
        if space is None and not session.scalar(select(exists().where(Passage.active))):
            space = Space(model=model, serving=True)
            session.add(space)
            session.flush()
        return space.id if space else None


def begin_shadow() -> int | None:
    """The space in the shadow that is to serve, of the model of the configuration; None without
    a key. One that was begun for this model before goes on.
    """
    model = wanted()
    if model is None:
        return None
    with transaction() as session:
        one_at_a_time("knowledge")
        found = newest(session)
        if found is not None and found.serving:
            found = None
        elif found is not None and found.model != model:
            session.delete(found)
            session.flush()
            found = None
        if found is None:
            found = Space(model=model)
            session.add(found)
            session.flush()
        return found.id


def left(space: Space, limit: int) -> list[Passage]:
    """Active passages that have no vector in a space yet, at most `limit`."""
    return list(db.session.scalars(_left(space.id).limit(limit)))


def complete(session: Session) -> bool:
    """Whether the newest space lacks nothing; it serves then, and what served before is retired."""
    one_at_a_time("knowledge")
    space = newest(session)
    if space is None or session.scalars(_left(space.id).limit(1)).first() is not None:
        return False
    if not space.serving:
        session.execute(update(Space).where(Space.serving).values(serving=False))
        space.serving, space.generation = True, space.generation + 1
        session.flush()
    return True


def drop_retired() -> None:
    """Delete spaces that served once, a few vectors at a time, so that nobody waits for it."""
    current = select(func.max(Space.id)).where(Space.serving).scalar_subquery()
    retired = db.session.scalars(select(Space.id).where(Space.id < current)).all()
    for space_id in retired:
        some = select(Vector.passage_id).where(Vector.space_id == space_id).limit(CHUNK)
        here = (Vector.space_id == space_id, Vector.passage_id.in_(some))
        deleted = 1
        while deleted:
            with transaction() as session:
                result: Any = session.execute(delete(Vector).where(*here))
                deleted = result.rowcount
        with transaction() as session:
            session.execute(delete(Space).where(Space.id == space_id))


def activate(session: Session, passages: Sequence[Passage]) -> None:
    """Let the vectors of these passages, which are active now, be found."""
    session.flush()
    pgvector.put(session, [each.id for each in passages])
    _changed(session)


def deactivate(session: Session, passages: Sequence[Passage]) -> None:
    pgvector.take(session, [each.id for each in passages])
    _changed(session)


def embed(passages: Sequence[Passage], space_id: int, told: Callable[[int], None]) -> None:
    """Make and keep the vectors that these passages do not have yet in a space.

    `told` hears after each batch how many have theirs. Raises Away, Busy or Refused; what was
    made until then stays.
    """
    todo = [(each.id, f"{each.heading}\n{each.text}".strip()) for each in passages]
    space = db.session.get(Space, space_id)
    if space is None:
        raise Away("its space was retired")
    model, dimension = space.model, space.dimension
    had = {found for ids in _chunks([each[0] for each in todo]) for found in _have(ids, space_id)}
    missing = [each for each in todo if each[0] not in had]
    done = len(todo) - len(missing)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        db.session.rollback()  # no transaction is open while the service is asked
        vectors = ask([words for _, words in batch], model, dimension)
        dimension = _keep([id_ for id_, _ in batch], vectors, space_id)
        done += len(batch)
        told(done)


def _keep(ids: list[int], vectors: Matrix, space_id: int) -> int:
    """Write the vectors of passages that are still there; gives the dimension of the space."""
    dimension = vectors.shape[1]
    with transaction() as session:
        # Until the end nobody deletes what is written of.
        space = session.get(Space, space_id, with_for_update=True)
        if space is None:
            raise Away("its space was retired")
        if space.dimension not in (None, dimension):
            raise Refused(f"{dimension} dimensions were given instead of {space.dimension}")
        space.dimension = dimension
        found = select(Passage.id, Passage.active).where(Passage.id.in_(ids))
        there = {row.id: row.active for row in session.execute(found.with_for_update(read=True))}
        rows = [
            {"passage_id": id_, "space_id": space_id, "data": vector.tobytes()}
            for id_, vector in zip(ids, vectors, strict=True)
            if id_ in there
        ]
        if rows:
            insert: Any = postgresql.insert if on_postgres() else sqlite.insert
            session.execute(insert(Vector).on_conflict_do_nothing(), rows)
        if active := [id_ for id_, is_active in there.items() if is_active]:
            pgvector.put(session, active)
            space.generation += 1
    return dimension


def newest(session: Session) -> Space | None:
    """The one that is filled: in the shadow where one was begun, else the one that serves."""
    return session.scalar(select(Space).order_by(Space.id.desc()).limit(1))


def _left(space_id: int) -> Any:
    has = exists().where(Vector.passage_id == Passage.id, Vector.space_id == space_id)
    return select(Passage).where(Passage.active, ~has).order_by(Passage.id)


def _have(ids: Sequence[int], space_id: int) -> Sequence[int]:
    here = (Vector.space_id == space_id, Vector.passage_id.in_(ids))
    return db.session.scalars(select(Vector.passage_id).where(*here)).all()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _changed(session: Session) -> None:
    grown = {"generation": Space.generation + 1}
    session.execute(update(Space).where(Space.serving).values(grown))
