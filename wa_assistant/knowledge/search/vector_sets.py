"""Vector sets: all vectors of one model and one dimension, because only those can be compared.

One serves. After a change of model another is filled in its shadow (filling.py), and takes its
place when no active passage lacks a vector in it.
"""

from typing import Any

from flask import current_app
from sqlalchemy import Select, delete, exists, func, select, update

from ...database import db, one_at_a_time, transaction
from ...models import Passage, Vector, VectorSet
from ...work import claims

SOME = 500  # vectors that one transaction deletes


def wanted_model() -> str | None:
    """The embedding model of the configuration; None without a key."""
    if not current_app.config["OPENAI_CONNECTED"]:
        return None
    return str(current_app.config["OPENAI_EMBEDDING_MODEL"])


def model_in_use() -> str | None:
    """The model of the vector set that serves; until there is one, the configuration's."""
    serving = serving_set()
    return serving.model if serving else wanted_model()


def is_model_outdated() -> bool:
    """Whether the vector set that serves is of another model than the configuration's."""
    serving = serving_set()
    return serving is not None and serving.model != wanted_model()


def serving_set() -> VectorSet | None:
    """The vector set that is searched; None while passages are found by their words alone."""
    return db.session.scalar(select(VectorSet).where(VectorSet.serving))


def newest_set() -> VectorSet | None:
    """The vector set that is filled: in the shadow where one was begun, else the one that serves;
    None where there is none at all.
    """
    return db.session.scalar(select(VectorSet).order_by(VectorSet.id.desc()).limit(1))


def set_for_new_passages() -> int | None:
    """The id of the vector set that new passages get their vectors in; None where there is none.

    The first one is made here. There is none without a key, nor where passages are found by their
    words alone already: those need one that is filled in the shadow (`begin_shadow_set`).
    """
    model = wanted_model()
    if model is None:
        return None
    with transaction():
        one_at_a_time("knowledge")
        serving = serving_set()
        if serving is None and not db.session.scalar(select(exists().where(Passage.active))):
            serving = VectorSet(model=model, serving=True)
            db.session.add(serving)
            db.session.flush()
        return serving.id if serving else None


def begin_shadow_set() -> int | None:
    """The id of the vector set in the shadow, of the model of the configuration; None without a
    key. One that was begun for this model before is gone on with, one of another is deleted.
    """
    model = wanted_model()
    if model is None:
        return None
    with transaction():
        one_at_a_time("knowledge")
        shadow = newest_set()
        if shadow is not None and shadow.serving:
            shadow = None
        elif shadow is not None and shadow.model != model:
            db.session.delete(shadow)
            db.session.flush()
            shadow = None
        if shadow is None:
            for older in db.session.scalars(select(VectorSet).where(VectorSet.filling)):
                claims.release(older)  # whoever fills it has lost it
                claims.revive(older)
                older.filling = False
            shadow = VectorSet(model=model)
            db.session.add(shadow)
            db.session.flush()
        return shadow.id


def serve_if_complete() -> bool:
    """Let the newest vector set serve, unless an active passage lacks a vector in it; then False.

    The one that served before is retired: `drop_retired_sets` deletes it.
    """
    one_at_a_time("knowledge")
    newest = newest_set()
    if (
        newest is None
        or db.session.scalars(without_vector_in(newest.id).limit(1)).first() is not None
    ):
        return False
    if not newest.serving:
        db.session.execute(update(VectorSet).where(VectorSet.serving).values(serving=False))
        newest.serving, newest.generation = True, newest.generation + 1
        db.session.flush()
    return True


def drop_retired_sets() -> None:
    """Delete vector sets that served once, a few vectors at a time, so that nobody waits for it."""
    serving = select(func.max(VectorSet.id)).where(VectorSet.serving).scalar_subquery()
    retired = db.session.scalars(select(VectorSet.id).where(VectorSet.id < serving)).all()
    for id_ in retired:
        some = select(Vector.passage_id).where(Vector.vector_set_id == id_).limit(SOME)
        here = (Vector.vector_set_id == id_, Vector.passage_id.in_(some))
        deleted = 1
        while deleted:
            with transaction():
                result: Any = db.session.execute(delete(Vector).where(*here))
                deleted = result.rowcount
        with transaction():
            db.session.execute(delete(VectorSet).where(VectorSet.id == id_))


def without_vector_in(vector_set_id: int) -> Select[Passage]:
    """Selects active passages that have no vector in a vector set, in the order of their ids."""
    has = exists().where(Vector.passage_id == Passage.id, Vector.vector_set_id == vector_set_id)
    return select(Passage).where(Passage.active, ~has).order_by(Passage.id)
