"""`flask --app wsgi figures ...`: what the figures of the overview are added up from."""

import time

import click
from flask.cli import AppGroup

from ..insight import rollup

figures = AppGroup("figures", help="What the figures of the overview are added up from.")


@figures.command("rebuild")
def rebuild() -> None:
    """Count everything anew, from the first message on.

    It may run beside the product: what is not counted yet, pages count themselves, more slowly.
    """
    began = time.monotonic()
    rollup.rebuild()
    click.echo(f"Counted in {time.monotonic() - began:.0f} s.")
