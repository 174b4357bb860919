"""The key that signs sessions: the one that was given, or one that is made on the first start."""

import os
import secrets
import tempfile
from pathlib import Path

from environment import ConfigError, Reader

LEAST_KEY = 16  # characters


def given_key(env: Reader) -> str | None:
    key = env.text("SECRET_KEY")
    if key and len(key) < LEAST_KEY:
        raise ConfigError(f"SECRET_KEY must have {LEAST_KEY} characters or more.")
    return key


def kept_key(path: Path) -> str:
    """The key kept in `path` (mode 0600), made on the first start.

    Linked into place whole, so that two processes that start at once agree on one key.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(errors="replace").strip()
    except OSError as error:
        raise ConfigError(f"The secret key cannot be kept in {path}: {error.strerror}.") from None
    if len(key) < LEAST_KEY:
        raise ConfigError(
            f"The secret key in {path} is damaged: delete the file to make a new one."
        )
    return key


def _make_key(path: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        os.unlink(draft)
