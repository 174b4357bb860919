"""The golden set: questions whose document is known, by which the team sees the search change."""

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, select, update

from .. import live
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import AuditEntry, GoldenQuestion, Measurement
from ..queue import later
from . import turns
from .evaluate import measure

PAGES = "golden"  # the name of the fragments that show the set
LONGEST = 500
SOME = 10  # questions after which it is told how far it is
NEVER = 1_000  # the rank of what is not among the results, to compare by


def add(actor: str, question: str, document: str) -> GoldenQuestion:
    """A question, of `document` (its name); the same question is never twice in the set."""
    question = " ".join(question.split())[:LONGEST]
    with transaction() as session:
        here = select(GoldenQuestion).where(GoldenQuestion.question == question)
        found = session.scalars(here).first() or GoldenQuestion(question=question)
        found.document, found.added_by = document, actor
        found.rank = found.rank_before = found.measured_at = None
        session.add(found)
        _audit(actor, "golden question added", question)
    return found


def remove(actor: str, question_id: int) -> bool:
    with transaction() as session:
        found = session.get(GoldenQuestion, question_id)
        if found is None:
            return False
        session.delete(found)
        _audit(actor, "golden question removed", found.question)
    return True


def everything() -> Sequence[GoldenQuestion]:
    """The whole set: what got worse first, then what is not found, then by question."""
    found = db.session.scalars(select(GoldenQuestion)).all()
    return sorted(found, key=lambda each: (not got_worse(each), -_rank(each.rank), each.question))


def got_worse(each: GoldenQuestion) -> bool:
    """Whether its document comes later than it did the time before."""
    return each.rank_before is not None and _rank(each.rank) > each.rank_before


def request(actor: str) -> Measurement | None:
    """Have the whole set measured; the measurement under way, where there is one. None while the
    set is empty.
    """
    with transaction() as session:
        one_at_a_time("golden")
        if not session.scalar(select(exists().select_from(GoldenQuestion))):
            return None
        here = select(Measurement).where(Measurement.next_attempt_at.is_not(None))
        measurement = session.scalars(here).first()
        if measurement is None:
            measurement = Measurement(asked_by=actor)
            session.add(measurement)
            session.flush()
            live.changed(PAGES)
            later("jobs.imports.measure", measurement.id)
    return measurement


def run(measurement_id: int) -> None:
    """Measure the whole set, and keep each rank beside the one before."""
    turn = turns.take(Measurement, measurement_id)
    if turn is None:
        live.changed(PAGES)
        return
    asked = [(each.id, each.question, each.document) for each in everything()]
    db.session.rollback()  # searches ask a service, with no transaction open
    measured = measure(_watched(measurement_id, turn, asked))
    ranks = {id_: rank for (id_, _, _), rank in zip(asked, measured.ranks, strict=True)}
    with transaction() as session:
        ours = session.get(Measurement, measurement_id, with_for_update=True)
        if ours is None or ours.attempts != turn:
            return
        now = utcnow()
        ours.next_attempt_at, ours.finished_at, ours.done = None, now, len(asked)
        ours.recall_1, ours.recall_5 = measured.recall(1), measured.recall(5)
        ours.mrr, ours.milliseconds = measured.mrr, measured.milliseconds
        for each in session.scalars(select(GoldenQuestion).with_for_update()):
            if each.id not in ranks:
                continue  # it came meanwhile
            if each.measured_at is not None:
                each.rank_before = each.rank
            each.rank, each.measured_at = ranks[each.id], now
        live.changed(PAGES)


def under_way() -> Measurement | None:
    here = Measurement.next_attempt_at.is_not(None)
    return db.session.scalars(select(Measurement).where(here)).first()


def results() -> tuple[Measurement | None, Measurement | None]:
    """The last result and the one before it."""
    finished = select(Measurement).where(Measurement.finished_at.is_not(None))
    found = db.session.scalars(finished.order_by(Measurement.id.desc()).limit(2)).all()
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def _watched(
    measurement_id: int, turn: int, asked: Sequence[tuple[int, str, str]]
) -> Iterator[tuple[str, str]]:
    """Each question with its document; on the way it is told how far it is."""
    for done, (_, question, document) in enumerate(asked):
        if done % SOME == 0:
            with transaction() as session:
                ours = (Measurement.id == measurement_id, Measurement.attempts == turn)
                values = {"done": done, "questions": len(asked)}
                later_on = {"next_attempt_at": utcnow() + turns.LIFE}
                session.execute(update(Measurement).where(*ours).values(values | later_on))
                live.changed(PAGES)
        yield question, document


def _rank(rank: int | None) -> int:
    return rank or NEVER


def _audit(actor: str, action: str, question: str) -> None:
    db.session.add(
        AuditEntry(actor=actor, action=action, subject="knowledge", details={"question": question})
    )
    live.changed(PAGES)
