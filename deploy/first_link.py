"""How the first owner gets in: a link that the start makes, and deploy.ready says once.

The start has imported the application for the migration; whoever says the link need not.
"""

from pathlib import Path

from config import Config
from deploy.schema import has_users


def leave(config: Config) -> None:
    """Make one where nobody can sign in yet."""
    _path(config).unlink(missing_ok=True)
    if has_users(config):
        return
    from wa_assistant import create_app
    from wa_assistant.accounts import sign_in
    from wa_assistant.models import Role

    with create_app(config).app_context():
        if not sign_in.any_user():
            email = config.OWNER_EMAILS[0] if config.OWNER_EMAILS else "owner@localhost"
            link = sign_in.make_link(email, Role.OWNER)
            write(config, f"Sign in as its first owner, once: {link}")


def write(config: Config, words: str) -> None:
    """Leave the words with which somebody gets in."""
    _path(config).write_text(words)


def take(config: Config) -> str | None:
    """What `leave` left, once."""
    path = _path(config)
    try:
        return path.read_text()
    except FileNotFoundError:
        return None
    finally:
        path.unlink(missing_ok=True)


def _path(config: Config) -> Path:
    return config.DATA_DIR / "run" / "first-link"
