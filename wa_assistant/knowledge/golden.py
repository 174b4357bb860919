"""The golden set: questions whose document is known, by which the team sees the search change."""

from collections.abc import Sequence

from sqlalchemy import select

from .. import live
from ..database import db, transaction, utcnow
from ..models import AuditEntry, GoldenQuestion
from .evaluate import Measured, measure

PAGES = "golden"  # the name of the fragments that show the set
LONGEST = 500
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


def run() -> Measured:
    """Measure the whole set, and keep each rank beside the one before."""
    asked = [(each.id, each.question, each.document) for each in everything()]
    db.session.rollback()  # searches ask a service, with no transaction open
    measured = measure((question, document) for _, question, document in asked)
    ranks = {id_: rank for (id_, _, _), rank in zip(asked, measured.ranks, strict=True)}
    with transaction() as session:
        here = select(GoldenQuestion).where(GoldenQuestion.id.in_(ranks))
        for each in session.scalars(here.with_for_update()):
            if each.measured_at is not None:
                each.rank_before = each.rank
            each.rank, each.measured_at = ranks[each.id], utcnow()
        live.changed(PAGES)
    return measured


def last() -> Measured | None:
    """The last result, as it was kept; without milliseconds."""
    ranks = [each.rank for each in everything() if each.measured_at is not None]
    return Measured(ranks, 0.0) if ranks else None


def _rank(rank: int | None) -> int:
    return rank or NEVER


def _audit(actor: str, action: str, question: str) -> None:
    db.session.add(
        AuditEntry(actor=actor, action=action, subject="knowledge", details={"question": question})
    )
    live.changed(PAGES)
