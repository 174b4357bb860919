"""What the product is connected with: what the environment says, and never a secret of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import settings
from .page import Page, Values

LONG_ENOUGH = 12  # characters of a secret of which the last ones may be shown
SHOWN = 4
OPENAI = "https://api.openai.com/v1"
WEBHOOK = "/whatsapp/webhook#rc=5&rp=all"  # Twilio is to try again, whatever failed


class Line(NamedTuple):
    """A name of the environment, and what may be shown of it; "" where it is not given."""

    name: str
    value: str


class Besides(NamedTuple):
    """What is worth knowing or copying: an address of ours, and where it is to be written."""

    what: str
    words: str


class Connection(NamedTuple):
    """`told`: what it is for, or what is done without it. `missing`: the names that set it up."""

    key: str
    title: str
    is_set: bool
    told: LazyString
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    besides: tuple[Besides, ...] = ()


def everything() -> list[Connection]:
    config = current_app.config
    of = (_twilio, _model, _github, _mail, _database, _redis)
    return [connection(config) for connection in of]


def ending(secret: str | None) -> str:
    """By which one tells it from another; of a short one nothing."""
    if not secret:
        return ""
    return f"…{secret[-SHOWN:]}" if len(secret) >= LONG_ENOUGH else "…"


def host(address: str | None) -> str:
    """Where it leads, without who signs in there and without what is asked of it."""
    if not address:
        return ""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    scheme = parts.scheme.partition("+")[0]
    return f"{scheme}://{place}{parts.path}"


def _twilio(config: Mapping[str, Any]) -> Connection:
    tokens = ", ".join(map(ending, config["TWILIO_AUTH_TOKENS"]))
    number = (config["TWILIO_WHATSAPP_NUMBER"] or "").removeprefix("whatsapp:")
    url = config["PUBLIC_URL"]
    is_set = config["TWILIO_CONNECTED"]
    return Connection(
        "twilio",
        _("WhatsApp, through Twilio"),
        is_set,
        _l("Messages come and go through this number.")
        if is_set
        else _l("Messages come from the simulator and go there. Nobody's telephone rings."),
        (
            Line("TWILIO_ACCOUNT_SID", config["TWILIO_ACCOUNT_SID"] or ""),
            Line("TWILIO_AUTH_TOKEN", tokens),
            Line("TWILIO_WHATSAPP_NUMBER", number),
            Line("TWILIO_MESSAGING_SERVICE_SID", config["TWILIO_MESSAGING_SERVICE_SID"] or ""),
            Line("TWILIO_API_URL", host(config["TWILIO_API_URL"])),
            Line("TWILIO_SANDBOX", "on" if config["TWILIO_SANDBOX"] else ""),
            Line("PUBLIC_URL", url),
        ),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER", "PUBLIC_URL"),
        (
            Besides(_("At Twilio: when a message comes in, POST"), f"{url}{WEBHOOK}"),
            Besides(_("At Twilio: status callback, POST"), f"{url}/whatsapp/status"),
        ),
    )


def _model(config: Mapping[str, Any]) -> Connection:
    is_set, chosen = config["OPENAI_CONNECTED"], settings.current().model
    return Connection(
        "model",
        _("The model"),
        is_set,
        _l("It answers, reads voice messages and finds passages.")
        if is_set
        else _l("The offline assistant answers, from the documents and the journey's own words."),
        (
            Line("OPENAI_API_KEY", ending(config["OPENAI_API_KEY"])),
            Line("OPENAI_BASE_URL", host(config["OPENAI_BASE_URL"] or OPENAI)),
            Line("OPENAI_MODEL", config["OPENAI_MODEL"]),
            Line("OPENAI_EMBEDDING_MODEL", config["OPENAI_EMBEDDING_MODEL"]),
            Line("OPENAI_TRANSCRIPTION_MODEL", config["OPENAI_TRANSCRIPTION_MODEL"]),
        ),
        ("OPENAI_API_KEY",),
        (Besides(_("Answers instead, as chosen under Assistant"), chosen),) if chosen else (),
    )


def _github(config: Mapping[str, Any]) -> Connection:
    is_set = config["GITHUB_CONNECTED"]
    return Connection(
        "github",
        _("Sign-in with GitHub"),
        is_set,
        _l("Who has a verified address of these domains, or was invited, signs in with GitHub.")
        if is_set
        else _l("The team signs in by one-time links."),
        (
            Line("GITHUB_CLIENT_ID", config["GITHUB_CLIENT_ID"] or ""),
            Line("GITHUB_CLIENT_SECRET", ending(config["GITHUB_CLIENT_SECRET"])),
            Line("GITHUB_URL", config["GITHUB_URL"]),
            Line("ALLOWED_EMAIL_DOMAINS", ", ".join(config["ALLOWED_EMAIL_DOMAINS"])),
            Line("OWNER_EMAILS", ", ".join(config["OWNER_EMAILS"])),
        ),
        ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"),
        (
            Besides(
                _("At GitHub: authorization callback URL"),
                f"{config['PUBLIC_URL']}/sign-in/github/callback",
            ),
        ),
    )


def _mail(config: Mapping[str, Any]) -> Connection:
    is_set = bool(config["SMTP_URL"])
    return Connection(
        "mail",
        _("E-mail"),
        is_set,
        _l("Invitations are sent by it, and new links to who asks for one.")
        if is_set
        else _l("Whoever invites somebody hands the link over."),
        (
            Line("SMTP_URL", host(config["SMTP_URL"])),
            Line("SMTP_FROM", config["SMTP_FROM"] or ""),
        ),
        ("SMTP_URL", "SMTP_FROM"),
    )


def _database(config: Mapping[str, Any]) -> Connection:
    return Connection(
        "database",
        _("Database"),
        True,
        _l("All that is kept is in it, but files, which are in DATA_DIR."),
        (
            Line("DATABASE_URL", host(config["DATABASE_URL"])),
            Line("DATA_DIR", str(config["DATA_DIR"])),
        ),
    )


def _redis(config: Mapping[str, Any]) -> Connection:
    return Connection(
        "redis",
        _("Redis"),
        True,
        _l("The embedded Valkey, which rings the bells; it keeps nothing that would be missed.")
        if config["REDIS_EMBEDDED"]
        else _l("It rings the bells; it keeps nothing that would be missed."),
        (Line("REDIS_URL", host(config["REDIS_URL"])),),
    )


def _more(values: Values) -> dict[str, Any]:
    return {"connections": everything()}


PAGE = Page(
    "connections",
    _l("Connections"),
    _l(
        "What the environment says, on the machine that runs this: in the file .env, whose names "
        "stand below. A change there takes a restart. Secrets are never shown."
    ),
    {},
    _more,
)
