"""`flask --app wsgi audit verify`: whether the audit is as it was chained."""

import re
import sys

import click
from flask.cli import AppGroup

from ..audit.verify import Broken, Fault, Note, verify

audit = AppGroup("audit", help="Who did what: whether that was changed since.")

WORDS = {
    Fault.CHANGED: "it says something else than when it was chained",
    Fault.MISSING: "there is none, and some behind it",
    Fault.MOVED: "it is not the one that was chained there: moved, put between, or made anew",
    Fault.CUT_OFF: "there is none, nor any behind it, and there were some",
    Fault.NOT_THE_ANCHOR: "the chain ended here with another hash: it was made anew before",
    Fault.NOT_AS_NOTED: "you noted another hash: it, or what stands before it, was made anew",
}


@audit.command("verify")
@click.option("--noted", help="POSITION:HASH, as it said some day and you have kept elsewhere.")
def verify_(noted: str | None) -> None:
    """Go through all of it, and name the first entry that is not as it was chained; then the exit
    code is 1.

    Whoever owns the database can chain everything anew. That shows only to who has kept a position
    with its hash somewhere else, and gives it with --noted.
    """
    found = verify(_note(noted) if noted else None)
    click.echo(f"{found.end.position:,} entries are as they were chained.")
    if found.unchained:
        click.echo(
            f"{found.unchained:,} are not chained yet: that takes a minute of a running engine."
        )
    if found.broken:
        click.echo(f"Broken {_place(found.broken)}: {WORDS[found.broken.fault]}.", err=True)
        sys.exit(1)
    if found.end.position:
        click.echo(f"Keep this elsewhere: {found.end.position}:{found.end.hash}")


def _note(text: str) -> Note:
    found = re.fullmatch(r"([1-9][0-9]{0,9}):([0-9a-f]{64})", text)
    if found is None:
        raise click.BadParameter("it is no position, a colon and a hash", param_hint="--noted")
    return Note(int(found[1]), found[2])


def _place(broken: Broken) -> str:
    entry = f" (entry {broken.entry_id})" if broken.entry_id else ""
    return f"at position {broken.position}{entry}"
