"""Who signs in, from a shell: `flask --app wsgi users ...`."""

import re

import click
from flask.cli import AppGroup

from ..accounts import sign_in
from ..models import Role

users = AppGroup("users", help="People who sign in to the dashboard.")


@users.command("sign-in-link")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
def sign_in_link(email: str, role: str) -> None:
    """Print a one-time link that signs EMAIL in, valid for 30 minutes."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email) or len(email) > 255:
        raise click.BadParameter(f"{email!r} is not an e-mail address.")
    click.echo(sign_in.make_link(email, Role(role)))
