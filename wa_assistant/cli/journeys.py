"""Journeys from a shell: `flask --app wsgi journeys ...`."""

import click
from flask.cli import AppGroup

from ..journey import starters

journeys = AppGroup("journeys", help="What the assistant leads people through.")


@journeys.command("install")
def install() -> None:
    """Make the journeys that come with the product, unless they were made before."""
    made = starters.install()
    click.echo(f"Made: {', '.join(made)}." if made else "They were made before.")
