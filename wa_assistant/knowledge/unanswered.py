"""The questions that no document answered, for the team to see to; the same ones in one group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from .. import audit, live
from ..database import db, transaction, utcnow
from ..models import Action, Subject, UnansweredQuestion, User
from ..understanding import stems

PAGES = "unanswered"  # the name of the fragments that show them
MOST = 500  # open questions that are grouped, the newest
ALIKE = 0.5  # the least share of their words that two questions of a group have in common

# Of a question. A word is the set of its form and stems: two are the same if one of these is.
Words = set[frozenset[str]]


@dataclass(frozen=True)
class Group:
    """Questions that ask the same: at least one, the newest first."""

    questions: Sequence[UnansweredQuestion]

    @property
    def ids(self) -> list[int]:
        """Those of its questions."""
        return [each.id for each in self.questions]

    @property
    def question(self) -> str:
        """The newest, which speaks for the others."""
        return self.questions[0].question

    @property
    def latest(self) -> datetime:
        """When the newest was asked."""
        return self.questions[0].created_at

    @property
    def people(self) -> int:
        """How many participants asked."""
        return len({each.participant_id for each in self.questions})


def groups() -> list[Group]:
    """The open questions in groups: first what most participants asked, then the newest.

    Of the open questions the newest MOST are looked at.
    """
    newest = (UnansweredQuestion.created_at.desc(), UnansweredQuestion.id.desc())
    is_open = select(UnansweredQuestion).where(UnansweredQuestion.settled_at.is_(None))
    found: list[tuple[Words, list[UnansweredQuestion]]] = []
    is_open = is_open.options(joinedload(UnansweredQuestion.participant))
    for question in db.session.scalars(is_open.order_by(*newest).limit(MOST)):
        words = _words(question.question)
        for known, together in found:
            if _alike(known, words):
                together.append(question)
                break
        else:
            found.append((words, [question]))
    made = [Group(together) for _, together in found]
    return sorted(made, key=lambda group: (-group.people, -group.questions[0].id))


def number() -> int:
    """How many questions are open; those of one group count each."""
    is_open = select(func.count()).where(UnansweredQuestion.settled_at.is_(None))
    return db.session.scalar(is_open) or 0


def of_ids(ids: Sequence[int]) -> Sequence[UnansweredQuestion]:
    """The open ones among the questions of these ids, the newest first."""
    here = (UnansweredQuestion.id.in_(ids), UnansweredQuestion.settled_at.is_(None))
    found = select(UnansweredQuestion).where(*here).order_by(UnansweredQuestion.id.desc())
    return db.session.scalars(
        found.options(joinedload(UnansweredQuestion.participant)).limit(MOST)
    ).all()


def settle(actor: User, ids: Sequence[int], *, answered: bool = False) -> int:
    """Close these questions: nothing more is to be done for them. Gives how many were open.

    `answered`: in the documents, by now; otherwise they are dismissed.
    """
    with transaction():
        still = (UnansweredQuestion.id.in_(ids), UnansweredQuestion.settled_at.is_(None))
        closed = db.session.scalars(
            select(UnansweredQuestion).where(*still).with_for_update()
        ).all()
        for each in closed:
            each.settled_at, each.settled_by_id = utcnow(), actor.id
        if closed:
            action = Action.ANSWERED_QUESTIONS if answered else Action.DISMISSED_QUESTIONS
            which = {"questions": [each.id for each in closed]}
            audit.record(actor, action, Subject.KNOWLEDGE, after=which)
            live.changed(PAGES)
    return len(closed)


def entry(question: str, answer: str) -> str:
    """The text of a document that answers a question from now on, in Markdown."""
    return f"# {' '.join(question.split())}\n\n{answer.strip()}\n"


def _words(question: str) -> Words:
    return {frozenset(stems.alternatives(term)) for term in stems.terms(question)}


def _alike(one: Words, other: Words) -> bool:
    """Whether two questions ask the same."""
    both = sum(any(word & each for each in other) for word in one)
    return one == other or both >= ALIKE * max(1, len(one) + len(other) - both)
