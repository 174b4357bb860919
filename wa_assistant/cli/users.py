"""Who signs in, from a shell: `flask --app wsgi users ...`."""

import click
from flask.cli import AppGroup

from ..accounts import admission, sign_in
from ..accounts import users as known_users
from ..models import Role
from ..models.user import ADDRESS_CHARACTERS

users = AppGroup("users", help="People who sign in to the dashboard.")


@users.command("sign-in-link")
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    help="Which they have from then on. Without it: the one that they have.",
)
def sign_in_link(email: str, role: str | None) -> None:
    """Print a one-time link that signs EMAIL in, valid for 30 minutes.

    The only owner stays one, whatever role is given.
    """
    if not admission.ADDRESS.fullmatch(email) or len(email) > ADDRESS_CHARACTERS:
        raise click.BadParameter(f"{email!r} is not an e-mail address.")
    if role is None and known_users.of_email(admission.folded(email)) is None:
        raise click.UsageError(f"Nobody of the team is {email}: give a --role.")
    click.echo(sign_in.make_link(email, Role(role) if role else None))
