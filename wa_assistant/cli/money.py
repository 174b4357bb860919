"""`flask --app wsgi money ...`: what everything has cost, as a table."""

from datetime import date

import click
from flask.cli import AppGroup

from ..money import costs, prices
from ..money.lines import MILLION

money = AppGroup("money", help="What calls to models and messages have cost.")

HEADS = ("", "number", "unknown", "tokens in", "cached", "to cache", "tokens out", "US$")
WIDTHS = (16, 10, 8, 14, 14, 14, 12, 14)


@money.command("month")
@click.argument("month", type=click.DateTime(["%Y-%m"]), required=False)
def month_(month: date | None) -> None:
    """Where the money of a month (2026-11; this one at first) went, by kind."""
    first = (month or prices.today()).replace(day=1)
    kinds = costs.by_kind(date(first.year, first.month, 1))
    rows = sorted(kinds.items(), key=lambda each: -each[1].spent)
    click.echo(_line(HEADS))
    for name, each in [*rows, ("together", costs.total(kinds.values()))]:
        cache = each.cached_tokens, each.written_tokens
        tokens = each.input_tokens, *cache, each.output_tokens
        counts = [f"{count:,}" for count in (each.number, each.unknown, *tokens)]
        click.echo(_line((str(name), *counts, f"{each.spent / MILLION:,.6f}")))


def _line(cells: tuple[str, ...]) -> str:
    name, *numbers = zip(cells, WIDTHS, strict=True)
    return name[0].ljust(name[1]) + "".join(cell.rjust(width) for cell, width in numbers)
