"""What is done from a shell: `flask --app wsgi users ...`, `... journeys ...`."""

import re

import click
from flask import Flask
from flask.cli import AppGroup

from . import accounts
from .journey import starters
from .messaging import journal
from .models import Role

users = AppGroup("users", help="People who sign in to the dashboard.")
webhooks = AppGroup("webhooks", help="The journal of what Twilio sent.")

journeys = AppGroup("journeys", help="What the assistant leads people through.")


def init_app(app: Flask) -> None:
    app.cli.add_command(users)
    app.cli.add_command(journeys)
    app.cli.add_command(webhooks)


@users.command("sign-in-link")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
def sign_in_link(email: str, role: str) -> None:
    """Print a one-time link that signs EMAIL in, valid for 30 minutes."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or len(email) > 255:
        raise click.BadParameter(f"{email!r} is not an e-mail address.")
    click.echo(accounts.sign_in_link(email, Role(role)))


@journeys.command("install")
def install() -> None:
    """Make the journeys that come with the product, unless they were made before."""
    made = starters.install()
    click.echo(f"Made: {', '.join(made)}." if made else "They were made before.")


@webhooks.command("unprocessed")
def unprocessed() -> None:
    """List webhooks that wait or were set aside, oldest first."""
    for webhook in journal.unprocessed(limit=200):
        error = (webhook.error or "").strip().rpartition("\n")[2]
        click.echo(
            f"{webhook.id}\t{webhook.received_at:%Y-%m-%d %H:%M:%S}Z\t{webhook.kind}"
            f"\t{webhook.state}\t{webhook.attempts} attempts\t{error}"
        )


@webhooks.command("replay")
@click.argument("webhook_id", type=int)
def replay(webhook_id: int) -> None:
    """Process webhook WEBHOOK_ID once more."""
    if not journal.process(webhook_id):
        raise click.ClickException(f"Webhook {webhook_id} was not processed; see `unprocessed`.")
    click.echo(f"Webhook {webhook_id} is processed.")
