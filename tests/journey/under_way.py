"""A journey that newcomers enter, and what the model finds in their words."""

from datetime import date
from typing import Any

from wa_assistant.database import db, transaction
from wa_assistant.journey.definition import After, Begins, Question, Stage, Unit, written
from wa_assistant.models import ConsentMode, Journey, JourneyVersion, Participant, VersionState
from wa_assistant.models.answer import Kind

ROLE = Question("role", required=True, hint="O que você faz?")
SIZE = Question("size", Kind.CHOICE, True, "De que tamanho é a equipe?", ("Pequena", "Grande"))
INTRO = Stage("intro", "Intro", "Get to know them.", "Vamos começar! O que você faz?", (ROLE,))
TEAM = Stage("team", "Team", "Learn about the team.", "E a sua equipe?", (SIZE,))
WEEK = Begins(After.STAGE, "team", 7, Unit.DAYS)
LATER = Stage("later", "A week later", "Ask how it went.", "Passou uma semana. E aí?", begins=WEEK)
STAGES = [INTRO, TEAM, LATER]


def journey(
    stages: list[Stage] | None = None,
    consent: ConsentMode = ConsentMode.NOTIFY,
    event_date: date | None = None,
    starter: str | None = "support-desk:pt",
) -> int:
    """A published one, which newcomers enter; the id of its version."""
    with transaction():
        made = Journey(name="The tests' own", starter=starter)
        db.session.add(made)
        db.session.flush()
        version = JourneyVersion(
            journey_id=made.id,
            number=1,
            state=VersionState.PUBLISHED,
            language="pt",
            event_date=event_date,
            consent=consent,
            stages=written(STAGES if stages is None else stages),
        )
        db.session.add(version)
        db.session.flush()
        return version.id


def found(name: str, value: str, quote: str | None = None) -> dict[str, Any]:
    """An answer as the model's double proposes it."""
    return {"name": name, "value": value, "quote": quote or value, "confidence": 0.9}


def moved(participant_id: int, **values: Any) -> None:
    """As if what `values` tells of were so."""
    with transaction():
        row = db.session.get_one(Participant, participant_id)
        for name, value in values.items():
            setattr(row, name, value)
    db.session.rollback()
