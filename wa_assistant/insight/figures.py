"""Every figure of the overview: its name, what it counts, and in a sentence or two what it is.

One table, and nowhere is it said again: the words beside each figure, the head of the list that it
leads to and docs/figures.md are made from it.
"""

from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LEAST_FOR_SHARES = 20  # of fewer no percentage is told


class Figure(Enum):
    """`slug` is its name in an address. `least_days`: of a shorter range so many days are told."""

    def __init__(
        self, slug: str, label: LazyString, sentence: LazyString, least_days: int = 1
    ) -> None:
        self.slug, self.label, self.sentence = slug, label, sentence
        self.least_days = least_days

    WAITING = (
        "waiting",
        _l("Waiting for a person"),
        _l(
            "Conversations that need a person at this moment, who has waited longest first. "
            "The time is that since a person was first called."
        ),
    )
    ACTIVE = (
        "active",
        _l("Active participants"),
        _l("Participants who wrote at least once in the range."),
    )
    NEW = (
        "new",
        _l("New participants"),
        _l("Participants who came to us in the range; instead of 24 hours, in 7 days."),
        7,
    )
    CAME_IN = (
        "messages-in",
        _l("Messages in"),
        _l("Messages that participants wrote in the range, reactions among them."),
    )
    WENT_OUT = (
        "messages-out",
        _l("Messages out"),
        _l(
            "Messages written in the range by the assistant, the team or the product itself that "
            "went out and have not failed. Each part of a long text counts."
        ),
    )
    ANSWERED = (
        "answered",
        _l("Answered"),
        _l(
            "Of the messages in the range that want an answer, those that the assistant has "
            "answered, or a colleague by writing later. Reactions, requests to stop and messages "
            "that wait for consent want none."
        ),
    )
    FIRST_ANSWER = (
        "first-answers",
        _l("First answer of the assistant"),
        _l(
            "The time from the first message without an answer until the assistant's was handed "
            "over, less the delay in which we wait for more on purpose. p50: half of the answers "
            "written in the range took no longer; p95: 95 of 100. Read from bins, so it may be off "
            "by 4 percent of the time with the delay."
        ),
    )
    FIRST_ANSWER_BY_PERSON = (
        "first-answers-by-people",
        _l("First answer of a colleague"),
        _l(
            "The time from the first message without an answer until a colleague's was handed "
            "over. Only of what was said is it known how long it took: who still waits is not in "
            "it."
        ),
    )
    DELIVERIES = (
        "deliveries",
        _l("Deliveries"),
        _l("Messages written in the range to participants, by how far they have come by now."),
    )
    FAILURES = (
        "failures",
        _l("Failures"),
        _l(
            "Those among them that were not sent or not delivered, by the code that the provider "
            "gave for it, or by our own reason."
        ),
    )
    COST = (
        "cost",
        _l("Cost of models"),
        _l(
            "What calls to models have cost today and this month, by the team's days. What the "
            "team tries and what the simulator takes costs, too, and is in it."
        ),
    )
    COMPLETED = (
        "journeys",
        _l("Journeys"),
        _l(
            "Participants who began the journey in the range, and those of them who have come to "
            "its end by now: all that its last stage collects is there, or it collects nothing and "
            "has begun. A journey of one stage that collects nothing has no end, and is not told."
        ),
    )
    STAGES = (
        "stages",
        _l("Stages"),
        _l(
            "Of these, who has come to the stage or a later one, in whichever version of the "
            "journey; and who has come no further and has not come to the journey's end."
        ),
    )
    HOURS = (
        "hours",
        _l("By weekday and hour"),
        _l(
            "Messages in, by the weekday and hour of the team's time zone in which they were "
            "written; instead of 24 hours, of 7 days."
        ),
        7,
    )
    UNANSWERED = (
        "unanswered",
        _l("Questions nobody could answer"),
        _l(
            "Questions that participants asked in the range and that no document answers, also "
            "where the team has seen to them since."
        ),
    )
