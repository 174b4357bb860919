"""Starts the product on invented conversations: see wa_assistant/cli/demo/scenario.py.

Its data lies in a folder of its own, which each start empties: whatever was done there before, it
begins anew. No account of anybody is connected, whatever the environment names.
"""

import logging
import os
import shutil
import sys
from dataclasses import fields
from pathlib import Path

import config as configuration
from config import Config, ConfigError
from deploy import first_link, output, ready, start
from deploy.schema import NoDatabase, migrate

FOLDER = "demo"  # below the usual DATA_DIR
MARK = "made-by-make-demo"
# Where and how it runs is the user's; the rest of the environment names what is real.
THEIRS = ("HOST", "PORT", "WEB_PROCESSES", "WEB_THREADS", "WORKERS", "LOG_LEVEL", "LOG_FORMAT")
CALLED = {"TWILIO_AUTH_TOKENS": "TWILIO_AUTH_TOKEN"}
KEPT = ("run", "secret_key", MARK)  # the lock that is held, and what signs cookies


def main() -> None:
    os.umask(0o077)
    output.never_fails()
    try:
        config = surrounded()
        start.claim(config.DATA_DIR)
        start.check_port(config.HOST, config.PORT)
        empty(config.DATA_DIR)
        migrate(config)
        fill(config)
    except (ConfigError, start.CannotStart, NoDatabase) as error:
        sys.exit(str(error))
    start.become_supervisord(config)


def surrounded() -> Config:
    """The configuration of the demo, which is that of the environment from now on."""
    folder = configuration.load().DATA_DIR / FOLDER
    for field in fields(Config):
        if field.name not in THEIRS:
            # An empty name counts as not given, whatever .env says.
            os.environ[CALLED.get(field.name, field.name)] = ""
    os.environ |= {"DATA_DIR": str(folder), "APP_ENV": ready.DEMO}
    return configuration.load()


def empty(folder: Path) -> None:
    """Remove what an earlier demo left. Raises CannotStart where it may be somebody's own."""
    found = [each for each in folder.iterdir() if each.name not in KEPT]
    if found and not (folder / MARK).exists():
        raise start.CannotStart(f"{folder} holds something else: move it away first.")
    (folder / MARK).touch()
    for each in found:
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def fill(config: Config) -> None:
    """Put the people in, and leave how the two of the team sign in."""
    from wa_assistant import create_app
    from wa_assistant.accounts import sign_in
    from wa_assistant.cli.demo import scenario
    from wa_assistant.cli.demo.fill import TEAM
    from wa_assistant.database import utcnow

    logging.getLogger("wa_assistant.live").setLevel(logging.ERROR)  # nobody is there to be rung
    with create_app(config).app_context():
        number = len(scenario.put(utcnow()))
        links = [
            f"Sign in as {name} ({role}), once: {sign_in.make_link(email, None)}"
            for email, name, role in TEAM[:2]
        ]
    said = f"{number} invented conversations. Two browsers, or a private window, for two people."
    first_link.write(config, "\n".join([said, *links]))


if __name__ == "__main__":
    main()
