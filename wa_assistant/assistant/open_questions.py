"""What was asked of the company and nobody answered, told without a model by how it is asked."""

from .. import live
from ..database import db
from ..knowledge import unanswered
from ..models import UnansweredQuestion
from ..understanding import courtesies, questions
from .burst import Burst
from .retrieval import LONGEST_QUESTION


def keep(burst: Burst, message_id: int) -> None:
    """Put the question on the list of the unanswered, with the message that was said instead.

    Without documents there is no such list.
    """
    if burst.retrieval is None or not asks(burst):
        return
    asked = " ".join(burst.asked.split())[:LONGEST_QUESTION]
    db.session.add(
        UnansweredQuestion(
            participant_id=burst.participant_id, message_id=message_id, question=asked
        )
    )
    live.changed(unanswered.PAGES)


def asks(burst: Burst) -> bool:
    """Where the stage has asked something, what has no question mark is the answer to that."""
    if courtesies.only(burst.asked):
        return False
    if questions.marked(burst.asked):
        return True
    answers = burst.begun and burst.stage is not None and burst.stage.answers
    return not answers and questions.begun(burst.asked)
