"""Says once, when all is ready, where the product is; and how a first owner gets in."""

import http.client
import sys
import time

import config as configuration
from config import Config
from deploy import first_link, output

PATIENCE_SECONDS = 120.0
RETRY_SECONDS = 0.1
DEMO = "demo"  # the APP_ENV of deploy/demo.py
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def main() -> int:
    config = configuration.load()
    if not await_health(config):
        words = (
            f"Not ready after {PATIENCE_SECONDS:.0f} seconds: {config.PUBLIC_URL}/health says why."
        )
        output.say(words, config)
        return 1
    how = first_link.take(config)
    words = "\n".join(first_lines(config, how)) if how else f"Ready: {config.PUBLIC_URL}"
    output.say(words, config)
    return 0


def first_lines(config: Config, how: str) -> list[str]:
    """What a person wants to know at the first start; `how` they get in."""
    kind = "SQLite" if config.DATABASE_URL.startswith("sqlite") else "Postgres"
    whatsapp = "Twilio" if config.twilio_connected else "the built-in simulator"
    model = (
        config.OPENAI_MODEL if config.openai_connected else "none, the offline assistant answers"
    )
    if config.APP_ENV == DEMO:
        connects, again = "Nothing connects them here.", "Each start empties it."
    else:
        connects = "What connects them is in .env.example."
        again = "Without it the next start is a first start."
    return [
        f"Ready: {config.PUBLIC_URL}",
        how,
        f"WhatsApp: {whatsapp}. Model: {model}. {connects}",
        f"Data: {config.DATA_DIR} ({kind}). {again}",
        "Ctrl-C stops everything.",
    ]


def await_health(config: Config) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if answers(config):
            return True
        time.sleep(RETRY_SECONDS)
    return False


def answers(config: Config) -> bool:
    host = EVERYWHERE.get(config.HOST, config.HOST)
    connection = http.client.HTTPConnection(host, config.PORT, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
