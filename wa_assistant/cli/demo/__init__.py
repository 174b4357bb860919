"""A history to look at and to measure with: `flask --app wsgi demo fill`."""

import time

import click
from flask.cli import AppGroup
from sqlalchemy import exists, select

from ...database import db, utcnow
from ...models import Participant
from .fill import Asked, fill

demo = AppGroup("demo", help="Invented conversations, to look at and to measure with.")
LEAST_EACH = 2  # messages of a participant: one of theirs, and an answer


@demo.command("fill")
@click.option("--participants", type=click.IntRange(1), default=1_000, show_default=True)
@click.option("--messages", type=click.IntRange(2), default=10_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Another one invents others.")
@click.option("--beside-real-ones", is_flag=True, help="Although real participants are there.")
def fill_(participants: int, messages: int, seed: int, beside_real_ones: bool) -> None:
    """Invent people of a language school and months of conversations with them.

    They are participants of the simulator, so that nothing is ever sent to them, and everything
    they wrote is settled. Stop the product first: rows are numbered here.
    """
    if messages < LEAST_EACH * participants:
        least = LEAST_EACH * participants
        raise click.BadParameter(f"So many participants say {least} messages at least.")
    if not beside_real_ones and _anybody_real():
        raise click.ClickException(
            "This database holds real participants, and invented ones would stand among them. "
            "Fill another one (DATA_DIR, DATABASE_URL), or say --beside-real-ones."
        )
    began = time.monotonic()
    fill(Asked(participants, messages, seed, utcnow()), _tell)
    click.echo(
        f"{participants} participants and {messages} messages in {time.monotonic() - began:.0f} s."
    )


def _anybody_real() -> bool:
    return bool(db.session.scalar(select(exists().where(Participant.simulated.is_(False)))))


def _tell(messages: int) -> None:
    click.echo(f"{messages} messages")
