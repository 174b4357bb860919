"""What was asked of the company and nobody answered, told without a model by how it is asked."""

import re

from sqlalchemy.orm import Session

from .. import live
from ..knowledge import courtesies, unanswered
from ..models import UnansweredQuestion
from .burst import Burst
from .grounds import LONGEST_QUESTION

MARK = re.compile("[?？]")
# Folded, at the beginning of what is asked.
BEGINNING = re.compile(
    r"(?:e |mas |and |but )?(?:(?:a|de|em|no|na|com|para|pra|por|ate|desde|at|in|to|for) )?"
    r"(?:que|o que|oque|qual|quais|quem|quando|quanto|quanta|quantos|quantas|onde|aonde|como|"
    r"por ?que|sera que|tem como|da para|da pra|"
    r"what|which|who|whom|whose|when|where|why|how|is there|are there|do you|does|can i)\b"
)


def keep(session: Session, burst: Burst, message_id: int) -> None:
    """Put the question on the list of the unanswered, with the message that was said instead.

    Without documents there is no such list.
    """
    if burst.grounds is None or not _asks(burst):
        return
    asked = " ".join(burst.asked.split())[:LONGEST_QUESTION]
    session.add(
        UnansweredQuestion(
            participant_id=burst.participant_id, message_id=message_id, question=asked
        )
    )
    live.changed(unanswered.PAGES)


def _asks(burst: Burst) -> bool:
    """Where the stage has asked something, what has no question mark is the answer to that."""
    if courtesies.only(burst.asked):
        return False
    if MARK.search(burst.asked):
        return True
    answers = burst.begun and burst.stage is not None and burst.stage.answers
    return not answers and bool(BEGINNING.match(courtesies.left_out(burst.asked).lstrip(" ,.;:!")))
