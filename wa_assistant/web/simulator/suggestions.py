"""What somebody pretended may say with one press: to begin with, and to what they are asked."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...models import Direction, Message

NAMES = ("Ana Ribeiro", "Bruno Alves", "Camila Rocha", "Diego Santos", "Elisa Moraes", "Tiago Lima")
QUESTIONS = (
    _l("Are you open on Saturdays?"),
    _l("How much does it cost?"),
    _l("I want to talk to a person."),
)
FEW = 3  # messages of theirs, in which who tries it is still looking around


class Beginning(NamedTuple):
    """Who may write, and what."""

    name: str
    questions: list[str]


def beginning() -> Beginning:
    return Beginning(secrets.choice(NAMES), [str(each) for each in QUESTIONS])


def to(messages: Sequence[Message]) -> list[str]:
    """What they may reply to what stands last on their phone; nothing where none comes to mind."""
    if messages and messages[-1].prompt is not None:
        return [_("Yes"), _("No")]
    said = [each.body for each in messages if each.direction == Direction.INBOUND]
    if len(said) >= FEW:
        return []
    return [str(each) for each in QUESTIONS if str(each) not in said]
