"""Environment -> Config. A malformed or half-given value stops the start with one clear sentence.

Secrets and hosts live here only; what an operator may change while the product runs is a
setting in the database.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from environment import ConfigError, Reader, is_port_right, read_file
from secret_key import given_key, kept_key

__all__ = ["ROOT", "Config", "ConfigError", "load"]

ROOT = Path(__file__).resolve().parent
PRODUCTION = "production"
SERVICE = "whatsapp-ai"  # what its log calls it
LOG_FORMATS = ("auto", "json", "text")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
GITHUB = {"GITHUB_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com"}
SOCKET_PATH_LIMIT = 107  # bytes the kernel allows for the path of a unix socket


@dataclass(frozen=True)
class Config:
    """Every name of the environment; None where an optional one is not given.

    Secrets are left out of its representation, which ends up in tracebacks.
    """

    SECRET_KEY: str = field(repr=False)
    PUBLIC_URL: str
    HOST: str
    PORT: int
    DATA_DIR: Path
    DATABASE_URL: str = field(repr=False)
    REDIS_URL: str = field(repr=False)
    REDIS_EMBEDDED: bool
    WEB_PROCESSES: int
    WEB_THREADS: int
    WORKERS: int
    ENGINES: int
    TWILIO_ACCOUNT_SID: str | None
    TWILIO_AUTH_TOKENS: tuple[str, ...] = field(repr=False)
    TWILIO_WHATSAPP_NUMBER: str | None
    TWILIO_MESSAGING_SERVICE_SID: str | None
    TWILIO_API_URL: str | None
    TWILIO_SANDBOX: bool
    OPENAI_API_KEY: str | None = field(repr=False)
    OPENAI_ORG_ID: str | None
    OPENAI_BASE_URL: str | None
    OPENAI_MODEL: str
    OPENAI_EMBEDDING_MODEL: str
    OPENAI_TRANSCRIPTION_MODEL: str
    OPENAI_CONNECT_TIMEOUT_SECONDS: float
    OPENAI_FIRST_BYTE_TIMEOUT_SECONDS: float  # at most the whole
    OPENAI_TIMEOUT_SECONDS: float
    OPENAI_CONTEXT_TOKENS: int  # 0: not given
    OPENAI_REQUESTS_PER_MINUTE: int
    OPENAI_TOKENS_PER_MINUTE: int
    GITHUB_CLIENT_ID: str | None
    GITHUB_CLIENT_SECRET: str | None = field(repr=False)
    GITHUB_URL: str
    GITHUB_API_URL: str
    ALLOWED_EMAIL_DOMAINS: tuple[str, ...]
    OWNER_EMAILS: tuple[str, ...]
    SMTP_URL: str | None = field(repr=False)
    SMTP_FROM: str | None
    HEARTBEAT_URL: str | None = field(repr=False)
    WEBHOOK_SECRET: str | None = field(repr=False)
    REPLY_DELAY_SECONDS: float
    ANSWERS_PER_HOUR: int
    NEWCOMERS_PER_HOUR: int
    CAP_DAY_USD: int | None  # in micro-dollars, as all caps are
    CAP_MONTH_USD: int | None
    CAP_MODEL_DAY_USD: int | None
    CAP_MODEL_MONTH_USD: int | None
    CAP_TRIALS_DAY_USD: int | None
    HANG_SECONDS: int  # 0: not given
    LOG_LEVEL: str
    LOG_FORMAT: str
    APP_ENV: str
    CORS_ORIGINS: tuple[str, ...]  # as browsers write them
    TRUSTED_PROXIES: int

    @property
    def secrets(self) -> list[str]:
        """Whatever is left out of the representation."""
        hidden = [getattr(self, each.name) for each in fields(self) if not each.repr]
        flat = [one for each in hidden for one in (each if isinstance(each, tuple) else [each])]
        return [each for each in flat if each]

    @property
    def twilio_connected(self) -> bool:
        return self.TWILIO_ACCOUNT_SID is not None

    @property
    def openai_connected(self) -> bool:
        return self.OPENAI_API_KEY is not None

    @property
    def is_production(self) -> bool:
        return self.APP_ENV == PRODUCTION

    @property
    def github_connected(self) -> bool:
        return self.GITHUB_CLIENT_ID is not None

    @property
    def smtp_connected(self) -> bool:
        return self.SMTP_URL is not None


def load(environ: Mapping[str, str] | None = None, dotenv: Path | None = ROOT / ".env") -> Config:
    """The configuration from `environ` (os.environ by default) over the `dotenv` file.

    Raises ConfigError on the first value that cannot be used.
    """
    values = read_file(dotenv) if dotenv and dotenv.exists() else {}
    values.update(os.environ if environ is None else environ)
    reader = Reader({name: value.strip() for name, value in values.items() if value})
    return _read(reader)


def _read(env: Reader) -> Config:
    data_dir = Path(env.text("DATA_DIR") or ROOT / "instance").expanduser().absolute()
    _make_directory(data_dir)
    host, port = env.text("HOST") or "127.0.0.1", env.integer("PORT", 8000, 1, 65535)
    return Config(
        SECRET_KEY=given_key(env) or kept_key(data_dir / "secret_key"),
        PUBLIC_URL=env.url("PUBLIC_URL", path=False) or f"http://127.0.0.1:{port}",
        HOST=host,
        PORT=port,
        DATA_DIR=data_dir,
        DATABASE_URL=_database_url(env, data_dir),
        REDIS_URL=_redis_url(env, data_dir),
        REDIS_EMBEDDED=env.text("REDIS_URL") is None,
        WEB_PROCESSES=env.integer("WEB_PROCESSES", 2, 1, 64),
        WEB_THREADS=env.integer("WEB_THREADS", 32, 2, 512),
        WORKERS=env.integer("WORKERS", 64, 1, 512),
        ENGINES=env.integer("ENGINES", 1, 1, 16),
        **_twilio(env),
        **_openai(env),
        **_github(env),
        ALLOWED_EMAIL_DOMAINS=env.words("ALLOWED_EMAIL_DOMAINS", r"[^@\s]+\.[^@\s]+", "a domain"),
        OWNER_EMAILS=env.words("OWNER_EMAILS", r"[^@\s]+@[^@\s]+", "an e-mail address"),
        **_smtp(env),
        HEARTBEAT_URL=env.url("HEARTBEAT_URL"),
        WEBHOOK_SECRET=env.text("WEBHOOK_SECRET"),
        REPLY_DELAY_SECONDS=env.number("REPLY_DELAY_SECONDS", 2.0, 0.0, 10.0),
        ANSWERS_PER_HOUR=env.integer("ANSWERS_PER_HOUR", 60, 1, 100_000),
        NEWCOMERS_PER_HOUR=env.integer("NEWCOMERS_PER_HOUR", 60, 0, 1_000_000),
        **_caps(env),
        HANG_SECONDS=env.integer("HANG_SECONDS", 0, 5, 86_400),
        LOG_LEVEL=env.choice("LOG_LEVEL", "INFO", LOG_LEVELS),
        LOG_FORMAT=env.choice("LOG_FORMAT", "auto", LOG_FORMATS),
        APP_ENV=env.label("APP_ENV", PRODUCTION),
        CORS_ORIGINS=env.origins("CORS_ORIGINS"),
        TRUSTED_PROXIES=env.integer("TRUSTED_PROXIES", 0, 0, 10),
    )


def _caps(env: Reader) -> dict[str, Any]:
    what = ("DAY", "MONTH", "MODEL_DAY", "MODEL_MONTH", "TRIALS_DAY")
    return {name: env.dollars(name) for name in (f"CAP_{each}_USD" for each in what)}


def _twilio(env: Reader) -> dict[str, Any]:
    needed = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER")
    optional = ("TWILIO_MESSAGING_SERVICE_SID", "TWILIO_API_URL")
    given = [name for name in needed + optional if env.text(name)]
    if given:
        for name in (*needed, "PUBLIC_URL"):
            if not env.text(name):
                raise ConfigError(f"{given[0]} is set but {name} is not: Twilio needs both.")
    tokens = tuple(t.strip() for t in (env.text("TWILIO_AUTH_TOKEN") or "").split(",") if t.strip())
    sid = env.text("TWILIO_ACCOUNT_SID")
    if sid and not re.fullmatch(r"AC[0-9A-Za-z]+", sid):
        raise ConfigError(f"TWILIO_ACCOUNT_SID must begin with AC, not {sid[:2]!r}.")
    if given and not tokens:
        raise ConfigError("TWILIO_AUTH_TOKEN holds no token.")
    return {
        "TWILIO_ACCOUNT_SID": sid,
        "TWILIO_AUTH_TOKENS": tokens,
        "TWILIO_WHATSAPP_NUMBER": _whatsapp_number(env.text("TWILIO_WHATSAPP_NUMBER")),
        "TWILIO_MESSAGING_SERVICE_SID": env.text("TWILIO_MESSAGING_SERVICE_SID"),
        "TWILIO_API_URL": env.url("TWILIO_API_URL"),
        "TWILIO_SANDBOX": env.flag("TWILIO_SANDBOX"),
    }


def _openai(env: Reader) -> dict[str, Any]:
    key = env.text("OPENAI_API_KEY")
    _check_openai(env, key)
    return {
        "OPENAI_API_KEY": key,
        "OPENAI_ORG_ID": env.text("OPENAI_ORG_ID"),
        "OPENAI_BASE_URL": env.url("OPENAI_BASE_URL"),
        "OPENAI_MODEL": env.text("OPENAI_MODEL") or "gpt-6-luna",
        "OPENAI_EMBEDDING_MODEL": env.text("OPENAI_EMBEDDING_MODEL") or "text-embedding-3-small",
        "OPENAI_TRANSCRIPTION_MODEL": env.text("OPENAI_TRANSCRIPTION_MODEL") or "gpt-transcribe",
        "OPENAI_CONNECT_TIMEOUT_SECONDS": env.number(
            "OPENAI_CONNECT_TIMEOUT_SECONDS", 5.0, 0.1, 60.0
        ),
        "OPENAI_FIRST_BYTE_TIMEOUT_SECONDS": env.number(
            "OPENAI_FIRST_BYTE_TIMEOUT_SECONDS", 600.0, 1.0, 600.0
        ),
        "OPENAI_TIMEOUT_SECONDS": env.number("OPENAI_TIMEOUT_SECONDS", 30.0, 1.0, 600.0),
        "OPENAI_CONTEXT_TOKENS": env.integer("OPENAI_CONTEXT_TOKENS", 0, 512, 10_000_000),
        "OPENAI_REQUESTS_PER_MINUTE": env.integer("OPENAI_REQUESTS_PER_MINUTE", 60, 1, 1_000_000),
        "OPENAI_TOKENS_PER_MINUTE": env.integer(
            "OPENAI_TOKENS_PER_MINUTE", 40_000, 1_000, 1_000_000_000
        ),
    }


def _github(env: Reader) -> dict[str, Any]:
    env.both("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET")
    addresses = {name: env.url(name) or usual for name, usual in GITHUB.items()}
    others = [name for name, usual in GITHUB.items() if addresses[name] != usual]
    if len(others) == 1:  # a token of the one would be shown to the other
        (missing,) = GITHUB.keys() - others
        raise ConfigError(f"{others[0]} is set but {missing} is not: give both or neither.")
    if others and not env.text("GITHUB_CLIENT_ID"):
        raise ConfigError("GITHUB_URL is set but GITHUB_CLIENT_ID is not: give both or neither.")
    return {
        "GITHUB_CLIENT_ID": env.text("GITHUB_CLIENT_ID"),
        "GITHUB_CLIENT_SECRET": env.text("GITHUB_CLIENT_SECRET"),
        **addresses,
    }


def _smtp(env: Reader) -> dict[str, Any]:
    env.both("SMTP_URL", "SMTP_FROM")
    return {"SMTP_URL": env.smtp("SMTP_URL"), "SMTP_FROM": env.sender("SMTP_FROM")}


def _whatsapp_number(text: str | None) -> str | None:
    if text is None:
        return None
    number = re.sub(r"[\s()-]", "", text.removeprefix("whatsapp:"))
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ConfigError(f"TWILIO_WHATSAPP_NUMBER must look like +14155238886, not {text!r}.")
    return f"whatsapp:{number}"


def _check_openai(env: Reader, key: str | None) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_BASE_URL"):
        if env.text(name) and not key:
            raise ConfigError(
                f"{name} is set but OPENAI_API_KEY is not: give a key"
                " (any word, where the server asks for none)."
            )


def _database_url(env: Reader, data_dir: Path) -> str:
    url = env.text("DATABASE_URL") or f"sqlite:///{data_dir / 'wa_assistant.sqlite3'}"
    url = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", url)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if url in ("sqlite:///", "sqlite:///:memory:") or re.match(r"sqlite:.*\?", url):
        raise ConfigError("DATABASE_URL must name a file after sqlite:/// and nothing else.")
    if not is_port_right(url):
        raise ConfigError("DATABASE_URL must look like postgresql://user:password@host/database.")
    return url


def _redis_url(env: Reader, data_dir: Path) -> str:
    url = env.text("REDIS_URL")
    if url is None:
        socket = data_dir / "run" / "valkey.sock"
        if len(os.fsencode(socket)) > SOCKET_PATH_LIMIT:
            raise ConfigError(
                f"DATA_DIR is too long for the embedded Valkey's socket ({socket}): "
                "choose a shorter one or set REDIS_URL."
            )
        return f"unix://{quote(str(socket))}"
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigError("REDIS_URL must begin with redis://, rediss:// or unix://.")
    if not is_port_right(url):
        raise ConfigError("REDIS_URL must look like redis://host:6379/0.")
    return url


def _make_directory(data_dir: Path) -> None:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / "run").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"DATA_DIR cannot be used ({data_dir}): {error.strerror}.") from None
