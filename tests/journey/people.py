"""The team of the journeys' tests, and a journey they work on."""

from typing import Any

from tests.cast import only
from wa_assistant.database import db, transaction
from wa_assistant.journey import drafts
from wa_assistant.journey.definition import After, Begins, Question, Stage, Unit
from wa_assistant.models import Role, User
from wa_assistant.models.answer import Kind

INTRO = Stage(
    "intro",
    "Intro",
    "Get to know them.",
    "Hello!",
    (
        Question("role", required=True, hint="What do you do?"),
        Question("size", Kind.CHOICE, hint="How large is it?", options=("Small", "Large")),
    ),
)
GOAL = Stage("goal", "Goal", answers=(Question("goal", required=True),))
WEEK = Stage("week", "A week later", begins=Begins(After.EVENT, amount=7, unit=Unit.DAYS))


def user(email: str) -> Any:
    """A colleague, who is made the first time they are asked for."""
    name, _, _ = email.partition("@")
    with transaction():
        if not db.session.query(User).filter_by(email=email).count():
            db.session.add(User(email=email, name=name.title(), role=Role.EDITOR))
    return only(User, User.email == email)


def content(*stages: Stage, **changes: Any) -> drafts.Content:
    fields = {"name": "Interview", "language": "en", "stages": stages or (INTRO, GOAL), **changes}
    return drafts.Content(**fields)


def draft(actor: Any, *stages: Stage, **changes: Any) -> Any:
    """A journey's first draft with these stages."""
    like = content(*stages, **changes)
    return drafts.create(actor, like.name, like.language, like)[1]


def published(actor: Any, *stages: Stage, **changes: Any) -> Any:
    version = draft(actor, *stages, **changes)
    return drafts.publish(actor, version.id, version.revision)
