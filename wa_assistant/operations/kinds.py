"""All kinds of work that workers take in turn: what the sweeper rings for, and tests go through."""

from typing import Any

from ..conversation.aids import AIDS
from ..conversation.unsettled import ANSWERS
from ..delivery.envelope import MESSAGES
from ..intake.webhook_log import WEBHOOKS
from ..knowledge.golden import MEASUREMENTS
from ..knowledge.pending import DOCUMENTS
from ..knowledge.reindex import VECTOR_SETS
from ..knowledge.trials import TRIALS
from ..media.steps import FILES
from ..notify.email import EMAILS
from ..work.claims import Kind
from .importing.kind import IMPORTS

# The first of a queue is done first where all wait.
KINDS: tuple[Kind[Any], ...] = (
    WEBHOOKS,
    ANSWERS,
    MESSAGES,
    FILES,
    AIDS,
    TRIALS,
    EMAILS,
    DOCUMENTS,
    IMPORTS,
    MEASUREMENTS,
    VECTOR_SETS,
)


def of_name(name: str) -> Kind[Any] | None:
    """The kind whose policy has this name; None where there is none."""
    return next((kind for kind in KINDS if kind.policy.name == name), None)
