"""The golden set: questions whose document is known. Measured again and again, it tells the team
whether a change of documents or of model made the search better or worse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from .. import audit, live
from ..audit import Actor
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, GoldenQuestion, Measurement, Subject
from ..work import claims, policies
from ..work.claims import Claim, Kind
from ..work.queue import later
from .evaluate import measure

PAGES = "golden"  # the name of the fragments that show the set
LONGEST = 500  # characters of a question
SOME = 10  # questions between two words on how far a measurement is
NEVER = 1_000  # stands for the rank of what is not among the results, where ranks are compared


@dataclass(frozen=True)
class Standing:
    """A question of the set, and what its document's rank was in the last measurement and in the
    one before. A rank is None where the document was not among the results, or the question was
    not measured then.
    """

    id: int
    question: str
    document: str  # its name
    measured: bool  # the last time
    rank: int | None
    rank_before: int | None

    @property
    def got_worse(self) -> bool:
        """Whether its document has a worse rank than it had the time before."""
        return self.rank_before is not None and (self.rank or NEVER) > self.rank_before


def _revived(measurement: Measurement) -> None:
    """It measures after all; where another does meanwhile, that one's figures are as good."""
    one_at_a_time("golden")
    others = (*MEASUREMENTS.left, Measurement.id != measurement.id)
    if db.session.scalar(select(exists().where(*others))):
        db.session.delete(measurement)
    live.changed(PAGES)


def _dismissed(measurement: Measurement) -> None:
    """It measured nothing, and goes."""
    db.session.delete(measurement)
    live.changed(PAGES)


MEASUREMENTS = Kind(
    policies.MEASUREMENT,
    Measurement,
    left=(Measurement.finished_at.is_(None), Measurement.dead_at.is_(None)),
    named=Measurement.id,
    since=Measurement.created_at,
    buried=lambda measurement: live.changed(PAGES),
    revived=_revived,
    dismissed=_dismissed,
)


def add(actor: Actor, question: str, document: str) -> GoldenQuestion:
    """Put a question into the set that is to be answered from `document`, which is its name.

    The same question is never twice in the set: its document is then replaced.
    """
    question = " ".join(question.split())[:LONGEST]
    with transaction():
        here = select(GoldenQuestion).where(GoldenQuestion.question == question)
        found = db.session.scalars(here).first() or GoldenQuestion(question=question)
        found.document, found.added_by = document, audit.name_of(actor)
        db.session.add(found)
        db.session.flush()
        what = {"document": document}  # the question may be a participant's
        audit.record(actor, Action.ADDED, Subject.GOLDEN_QUESTION, found.id, after=what)
        live.changed(PAGES)
    return found


def remove(actor: Actor, question_id: int) -> bool:
    """Take a question out of the set; False where it is gone already."""
    with transaction():
        found = db.session.get(GoldenQuestion, question_id)
        if found is None:
            return False
        db.session.delete(found)
        was = {"document": found.document}
        audit.record(actor, Action.REMOVED, Subject.GOLDEN_QUESTION, question_id, before=was)
        live.changed(PAGES)
    return True


def everything() -> Sequence[Standing]:
    """The whole set: first what got worse; in both parts what is not found comes first, then the
    worst rank, then the questions by the alphabet.
    """
    last, before = map(_ranks, results())
    found = [
        Standing(
            id=each.id,
            question=each.question,
            document=each.document,
            measured=(each.question, each.document) in last,
            rank=last.get((each.question, each.document)),
            rank_before=before.get((each.question, each.document)),
        )
        for each in db.session.scalars(select(GoldenQuestion))
    ]
    return sorted(
        found, key=lambda each: (not each.got_worse, -(each.rank or NEVER), each.question)
    )


def request(actor: Actor) -> Measurement | None:
    """Have the whole set measured by a worker; None while the set is empty.

    Where a measurement is under way already, it is given and no other is begun.
    """
    with transaction():
        one_at_a_time("golden")
        if not db.session.scalar(select(exists().select_from(GoldenQuestion))):
            return None
        measurement = under_way()
        if measurement is None:
            measurement = Measurement(asked_by=audit.name_of(actor))
            db.session.add(measurement)
            db.session.flush()
            live.changed(PAGES)
            later("jobs.imports.measure", measurement.id)
    return measurement


def run(measurement_id: int) -> None:
    """Measure the whole set, and keep where each document came."""
    claim = claims.take(MEASUREMENTS, measurement_id)
    if claim is None:
        return
    with claims.working(claim):
        asked = [(each.question, each.document) for each in everything()]
        db.session.rollback()  # searches ask a service, with no transaction open
        measured = measure(_watched(claim, asked))
        with transaction():
            ours = claims.own(claim)
            ours.finished_at, ours.done = utcnow(), len(asked)
            ours.recall_1, ours.recall_5 = measured.recall(1), measured.recall(5)
            ours.mrr, ours.milliseconds = measured.mrr, measured.milliseconds
            ours.ranks = [(*each, rank) for each, rank in zip(asked, measured.ranks, strict=True)]
            ours.found_by = measured.found_by
            claims.finish(ours)
            live.changed(PAGES)


def under_way() -> Measurement | None:
    """The measurement that is not finished yet."""
    return db.session.scalars(select(Measurement).where(*MEASUREMENTS.left)).first()


def results() -> tuple[Measurement | None, Measurement | None]:
    """The last measurement that is finished, and the last one before it by the same model: others
    cannot be compared with it.
    """
    finished = select(Measurement).where(Measurement.finished_at.is_not(None))
    newest = finished.order_by(Measurement.id.desc()).limit(1)
    last = db.session.scalar(newest)
    if last is None or last.found_by is None:
        return last, None
    alike = (Measurement.id < last.id, Measurement.found_by == last.found_by)
    return last, db.session.scalar(newest.where(*alike))


def _watched(
    claim: Claim[Measurement], asked: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each question with its document; on the way it is told how far it is.

    Raises claims.Lost.
    """
    for done, each in enumerate(asked):
        if done % SOME == 0:
            with transaction():
                ours = claims.own(claim)
                ours.done, ours.questions = done, len(asked)
                live.changed(PAGES)
        yield each


def _ranks(result: Measurement | None) -> dict[tuple[str, str], int | None]:
    ranks = (result.ranks if result else None) or ()
    return {(question, document): rank for question, document, rank in ranks}
