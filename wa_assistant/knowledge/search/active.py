"""Passages begin and cease to be found: by their words and by their vectors, at one moment."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ...models import Passage
from . import index, vector_sets

# Nobody holds these rows in memory any more.
IN_THE_DATABASE = {"synchronize_session": False}


def begin(session: Session, files: Sequence[str]) -> Counter[int]:
    """What was made of these uploads is found from now on; the number of passages by document."""
    shadow = Passage.file.in_(files)
    change = update(Passage).where(shadow).values(active=True)
    session.execute(change, execution_options=IN_THE_DATABASE)
    found = session.scalars(select(Passage).where(shadow).order_by(Passage.id)).all()
    index.put(session, found)
    vector_sets.activate(session, found)
    return Counter(each.document_id for each in found)


def end(session: Session, document_ids: Sequence[int]) -> set[str]:
    """Nothing of these documents is found any more; the files their passages were made from."""
    index.lock(session)  # or they are laid out anew after they are read here
    here = (Passage.document_id.in_(document_ids), Passage.active)
    found = session.scalars(select(Passage).where(*here)).all()
    if not found:
        return set()
    index.take(session, found)
    vector_sets.deactivate(session, found)
    session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
    return {each.file for each in found}


def forget_shadow(session: Session, document_id: int) -> None:
    """Delete what was made of an upload and is not found: another one came, or none is left."""
    here = (Passage.document_id == document_id, ~Passage.active)
    session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
