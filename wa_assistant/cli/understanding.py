"""What is made of participants' words, from a shell: `flask --app wsgi understanding ...`."""

import json
from typing import TextIO

import click
from flask.cli import AppGroup

from ..understanding.contexts import Context, hear

understanding = AppGroup("understanding", help="What participants are heard to say.")


@understanding.command("hear")
@click.option(
    "--as",
    "context",
    type=click.Choice([each.value for each in Context]),
    default=Context.CHAT.value,
    show_default=True,
    help="Where it is said: in a chat, to the prompt for consent, or by who has stopped.",
)
@click.argument("texts", type=click.File(encoding="utf-8", errors="replace"))
def hear_texts(context: str, texts: TextIO) -> None:
    """Read TEXTS (a file, or - for standard input), a text a line; print a JSON a line.

    It says the command that a text is (none, stop, return, person or ask_whether_to_stop), and
    whether it agrees (yes, no or unclear).
    """
    for line in texts:
        text = line.rstrip("\r\n")
        command, consent = hear(text, Context(context))
        named = "none" if command is None else command.replace(" ", "_")
        heard = {"text": text, "command": named, "consent": str(consent)}
        click.echo(json.dumps(heard, ensure_ascii=False))
