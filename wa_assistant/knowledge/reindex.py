"""All vectors are made anew, in the shadow of those that serve, and take their place at the end.

A job does a part and rings for the next, so that an upload need not wait for all of it. It also
makes what the vectors that serve lack: of documents that were embedded before those served.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from .. import audit, live, logs
from ..audit import Actor
from ..database import db, one_at_a_time, transaction
from ..models import Action, Defect, Subject, VectorSet
from ..work import claims, overdue, policies
from ..work.claims import Claim, Kind
from ..work.faults import DIED
from ..work.queue import later
from . import search
from .pending import LONGEST_PAUSE, PAGES

log = logs.get(__name__)

PART_SECONDS = 20.0
SOME = 320  # passages that are loaded at once


@dataclass(frozen=True)
class Progress:
    """`done` of `total` passages have their new vector; `error`, a Defect, is why it waits."""

    vector_set_id: int
    done: int
    total: int
    model: str
    error: str | None
    waits: bool


def _buried(vector_set: VectorSet) -> None:
    _end(vector_set, Defect.WORKER_DIED if vector_set.fault == DIED else Defect.OUR_FAULT)


def _revived(vector_set: VectorSet) -> None:
    """It is filled again, unless another was begun since: only the newest is ever filled."""
    if search.newest_set() is vector_set:
        vector_set.filling, vector_set.error = True, None
    live.changed(PAGES)


def _overdue(limit: int) -> list[int]:
    """Without a key nobody is rung for: what is left waits until there is one again."""
    return [] if search.wanted_model() is None else overdue.unattended(VECTOR_SETS, limit)


VECTOR_SETS = Kind(
    policies.VECTOR_SET,
    VectorSet,
    left=(VectorSet.filling.is_(True),),
    named=VectorSet.id,
    since=VectorSet.created_at,
    buried=_buried,
    revived=_revived,
    find_overdue=_overdue,
)


def start(actor: Actor) -> bool:
    """Begin, or go on with what was begun; False where there is no key to do it with."""
    if search.begin_shadow_set() is None:
        return False
    with transaction():
        vector_set = search.newest_set()
        if vector_set is not None:
            if vector_set.error or not vector_set.filling:  # or somebody is at it
                _begin(vector_set)
            later("jobs.imports.reindex", vector_set.id)
        audit.record(actor, Action.BEGAN_REINDEXING, Subject.KNOWLEDGE)
    return True


def see_to(files: Sequence[str]) -> None:
    """Have made what the vectors that serve lack of these uploads, which are found now."""
    vector_set = search.newest_set()
    if vector_set is None or vector_set.filling or not search.lack_vectors(files):
        return
    _begin(vector_set)
    later("jobs.imports.reindex", vector_set.id)


def go_on(vector_set_id: int) -> None:
    """The next part of it, for the worker."""
    claim = take(vector_set_id)
    if claim is None:
        return
    with claims.working(claim):
        try:
            finished = part(claim, time.monotonic() + PART_SECONDS)
        except search.EmbeddingBusy as error:
            put_off(claim, error.retry_after)
        except search.EmbeddingAway as error:
            log.warning("reindexing waits", error=type(error).__name__)
            _wait_for_the_service(claim, error.retry_after)
        except search.EmbeddingRefused as error:
            log.warning("reindexing ended", defect=error.defect)
            with transaction():
                vector_set = claims.own(claim)
                _end(vector_set, error.defect)
                claims.finish(vector_set)
        else:
            if not finished:
                put_off(claim, 0)


def take(vector_set_id: int) -> Claim[VectorSet] | None:
    """Take the next part upon us; None where another has it, or nothing can be done of it."""
    if search.wanted_model() is None:
        return None
    with transaction():
        vector_set = claims.due_row(VECTOR_SETS, vector_set_id)
        if vector_set is None:
            return None
        claim = claims.take_row(VECTOR_SETS, vector_set)
        if claim is not None:
            vector_set.error = None
        live.changed(PAGES)
        return claim


def part(claim: Claim[VectorSet], until: float) -> bool:
    """Embed until that moment of the monotonic clock; whether nothing is left to do.

    Raises Away or Refused, and claims.Lost.
    """
    while not _step(claim):
        if time.monotonic() > until:
            return False
    search.drop_retired_sets()
    return True


def put_off(claim: Claim[VectorSet], seconds: float) -> None:
    """The next part is due then, and nothing is wrong."""
    with transaction():
        claims.postpone(VECTOR_SETS, claims.own(claim), seconds)
        live.changed(PAGES)


def progress() -> Progress | None:
    """How far it is; None where nothing was begun."""
    newest = search.newest_set()
    if newest is None or newest.serving:
        return None
    done, total = search.count_embedded(newest)
    return Progress(newest.id, done, total, newest.model, newest.error, waits=newest.filling)


def _step(claim: Claim[VectorSet]) -> bool:
    """Some passages, or the change at the end; whether nothing is left."""
    vector_set = db.session.get(VectorSet, claim.id)
    if vector_set is None:
        raise claims.Lost(f"vector set {claim.id} is gone")
    left = search.without_vector(vector_set, SOME)
    if left:
        search.embed(left, vector_set.id, lambda done: _got_on(claim))
        return False
    with transaction():
        one_at_a_time("knowledge")
        vector_set = claims.own(claim)
        if not search.serve_if_complete():
            return False  # a passage came at the last moment
        vector_set.filling, vector_set.error = False, None
        claims.finish(vector_set)
        live.changed(PAGES)
    return True


def _got_on(claim: Claim[VectorSet]) -> None:
    with transaction():
        claims.got_on(claims.own(claim))
        live.changed(PAGES)


def _wait_for_the_service(claim: Claim[VectorSet], wish: float) -> None:
    with transaction():
        vector_set = claims.own(claim)
        vector_set.error = Defect.EMBEDDING_AWAY
        claims.retry(VECTOR_SETS, vector_set, min(wish, LONGEST_PAUSE))
        live.changed(PAGES)


def _begin(vector_set: VectorSet) -> None:
    claims.revive(vector_set)
    _revived(vector_set)


def _end(vector_set: VectorSet, defect: Defect) -> None:
    vector_set.filling, vector_set.error = False, defect
    live.changed(PAGES)
