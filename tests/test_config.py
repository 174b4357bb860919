"""The environment becomes a configuration, or one sentence that names what is wrong."""

import re
import stat

import pytest

import config
from config import ConfigError

TWILIO = {
    "PUBLIC_URL": "https://chat.example.com",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a-token",
    "TWILIO_WHATSAPP_NUMBER": "+14155238886",
}


@pytest.fixture
def load(tmp_path):
    return lambda **given: config.load({"DATA_DIR": str(tmp_path / "data"), **given}, dotenv=None)


def test_nothing_is_required(load, tmp_path):
    made = load()

    assert (made.HOST, made.PORT, made.PUBLIC_URL) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert tmp_path / "data" == made.DATA_DIR
    assert f"sqlite:///{tmp_path}/data/wa_assistant.sqlite3" == made.DATABASE_URL
    assert f"unix://{tmp_path}/data/run/valkey.sock" == made.REDIS_URL
    assert made.REDIS_EMBEDDED
    assert not made.twilio_connected
    assert not made.openai_connected
    assert (made.WEB_PROCESSES, made.WEB_THREADS, made.WORKERS) == (2, 32, 64)
    assert (made.REPLY_DELAY_SECONDS, made.LOG_LEVEL) == (2.0, "INFO")
    assert made.OPENAI_MODEL == "gpt-6-luna"


def test_the_data_is_the_users_alone(load):
    directory = load().DATA_DIR

    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert stat.S_IMODE((directory / "run").stat().st_mode) == 0o700


def test_the_public_url_follows_the_port(load):
    assert load(PORT="9000").PUBLIC_URL == "http://127.0.0.1:9000"
    assert load(PUBLIC_URL="https://chat.example.com/").PUBLIC_URL == "https://chat.example.com"


def test_twilio_is_connected_when_all_of_it_is_given(load):
    made = load(**{**TWILIO, "TWILIO_AUTH_TOKEN": "the-new-one, the-old-one,"})

    assert made.twilio_connected
    assert made.TWILIO_AUTH_TOKENS == ("the-new-one", "the-old-one")
    assert made.TWILIO_WHATSAPP_NUMBER == "whatsapp:+14155238886"


@pytest.mark.parametrize("number", ["whatsapp:+14155238886", "+1 (415) 523-8886"])
def test_the_number_is_written_in_many_ways(load, number):
    made = load(**{**TWILIO, "TWILIO_WHATSAPP_NUMBER": number})

    assert made.TWILIO_WHATSAPP_NUMBER == "whatsapp:+14155238886"


@pytest.mark.parametrize("missing", TWILIO)
def test_half_of_twilio_is_refused_by_the_name_of_what_is_missing(load, missing):
    given = {name: value for name, value in TWILIO.items() if name != missing}

    with pytest.raises(ConfigError, match=f"{missing} is not"):
        load(**given)


@pytest.mark.parametrize("name", ["TWILIO_MESSAGING_SERVICE_SID", "TWILIO_API_URL"])
def test_what_belongs_to_twilio_is_nothing_without_it(load, name):
    with pytest.raises(ConfigError, match=f"{name} is set but TWILIO_ACCOUNT_SID is not"):
        load(**{name: "https://example.com"})


@pytest.mark.parametrize("name", ["OPENAI_ORG_ID", "OPENAI_BASE_URL"])
def test_what_belongs_to_openai_is_nothing_without_a_key(load, name):
    with pytest.raises(ConfigError, match=f"{name} is set but OPENAI_API_KEY is not"):
        load(**{name: "https://example.com"})


@pytest.mark.parametrize("given", ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"])
def test_github_needs_both_halves(load, given):
    with pytest.raises(ConfigError, match=f"{given} is set but GITHUB_CLIENT_"):
        load(**{given: "something"})


def test_github_is_connected_when_all_of_it_is_given(load):
    made = load(GITHUB_CLIENT_ID="an-id", GITHUB_CLIENT_SECRET="a-secret")
    assert made.github_connected
    assert (made.GITHUB_URL, made.GITHUB_API_URL) == (
        "https://github.com",
        "https://api.github.com",
    )
    assert not load().github_connected
    assert "a-secret" not in repr(made)


@pytest.mark.parametrize("given", ["GITHUB_URL", "GITHUB_API_URL"])
def test_of_an_enterprise_github_both_addresses_are_given(load, given):
    """Or a token of the one would be shown to the other."""
    app = {"GITHUB_CLIENT_ID": "an-id", "GITHUB_CLIENT_SECRET": "a-secret"}
    with pytest.raises(ConfigError, match=f"{given} is set but GITHUB_"):
        load(**app, **{given: "https://github.example.com"})


def test_an_address_of_github_is_nothing_without_an_application_there(load):
    urls = {"GITHUB_URL": "https://x.example.com", "GITHUB_API_URL": "https://x.example.com/api/v3"}
    with pytest.raises(ConfigError, match="GITHUB_URL is set but GITHUB_CLIENT_ID is not"):
        load(**urls)


MALFORMED = [
    ("PORT", "eight thousand"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "8000.5"),
    ("PUBLIC_URL", "chat.example.com"),
    ("PUBLIC_URL", "https://chat.example.com/whatsapp"),
    ("PUBLIC_URL", "https://exa mple.com"),
    ("PUBLIC_URL", "https://someone@example.com"),
    ("PUBLIC_URL", "https://example.com:port"),
    ("DATABASE_URL", "mysql://localhost/chat"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "sqlite:///chat.sqlite3?mode=ro"),
    ("DATABASE_URL", "postgresql://localhost:port/chat"),
    ("REDIS_URL", "localhost:6379"),
    ("REDIS_URL", "redis://localhost:port/0"),
    ("WEB_PROCESSES", "0"),
    ("WEB_THREADS", "1"),
    ("WORKERS", "-1"),
    ("WORKERS", "nan"),
    ("OPENAI_TIMEOUT_SECONDS", "0.5"),
    ("OPENAI_TIMEOUT_SECONDS", "a minute"),
    ("OPENAI_TIMEOUT_SECONDS", "601"),
    ("OPENAI_CONNECT_TIMEOUT_SECONDS", "0"),
    ("OPENAI_FIRST_BYTE_TIMEOUT_SECONDS", "soon"),
    ("OPENAI_CONTEXT_TOKENS", "100"),
    ("OPENAI_REQUESTS_PER_MINUTE", "0"),
    ("OPENAI_TOKENS_PER_MINUTE", "many"),
    ("GITHUB_URL", "github.example.com"),
    ("GITHUB_API_URL", "ftp://github.example.com"),
    ("ALLOWED_EMAIL_DOMAINS", "example.com, @example.org"),
    ("OWNER_EMAILS", "caio"),
    ("REPLY_DELAY_SECONDS", "11"),
    ("REPLY_DELAY_SECONDS", "-1"),
    ("ANSWERS_PER_HOUR", "0"),
    ("CAP_DAY_USD", "-1"),
    ("CAP_MONTH_USD", "1e9"),
    ("CAP_TRIALS_DAY_USD", "10 dollars"),
    ("HANG_SECONDS", "0"),
    ("LOG_LEVEL", "LOUD"),
    ("TWILIO_SANDBOX", "maybe"),
    ("APP_ENV", "<b>staging</b>"),
    ("APP_ENV", "a name that is so long that no line of a page has room for it"),
    ("CORS_ORIGINS", "*"),
    ("CORS_ORIGINS", "null"),
    ("CORS_ORIGINS", "app.example.com"),
    ("CORS_ORIGINS", "https://app.example.com/"),
    ("CORS_ORIGINS", "https://*.example.com"),
    ("CORS_ORIGINS", "https://someone@app.example.com"),
    ("CORS_ORIGINS", "https://app.example.com, ftp://app.example.com"),
    ("CORS_ORIGINS", "https://app.example.com:443"),
    ("CORS_ORIGINS", "http://app.example.com:80"),
    ("CORS_ORIGINS", "https://app.example.com:65536"),
    ("CORS_ORIGINS", "https://[::1"),
    ("CORS_ORIGINS", "https://exämple.com"),
    ("TRUSTED_PROXIES", "-1"),
    ("TRUSTED_PROXIES", "127.0.0.1"),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_value_is_refused_in_one_sentence_that_names_it(load, name, value):
    assert_one_sentence_about(name, load, **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_ACCOUNT_SID", "SK0123"),
        ("TWILIO_AUTH_TOKEN", " , "),
        ("TWILIO_WHATSAPP_NUMBER", "4155238886"),
        ("TWILIO_API_URL", "twilio.example.com"),
    ],
)
def test_so_is_a_malformed_value_of_twilios(load, name, value):
    assert_one_sentence_about(name, load, **{**TWILIO, name: value})


def test_so_is_a_malformed_url_of_the_model(load):
    assert_one_sentence_about(
        "OPENAI_BASE_URL", load, OPENAI_API_KEY="a-key", OPENAI_BASE_URL="localhost"
    )


def assert_one_sentence_about(name, load, **environ):
    with pytest.raises(ConfigError) as refused:
        load(**environ)
    sentence = str(refused.value)
    assert name in sentence
    assert re.fullmatch(r"[^\n]+\.", sentence)


def test_a_directory_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigError, match="DATA_DIR cannot be used"):
        config.load({"DATA_DIR": str(tmp_path / "file" / "data")}, dotenv=None)


def test_a_directory_too_deep_for_a_socket_is_named(tmp_path):
    with pytest.raises(ConfigError, match="DATA_DIR is too long"):
        config.load({"DATA_DIR": str(tmp_path / ("deep" * 20))}, dotenv=None)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_is_spoken_to_through_psycopg(load, scheme):
    made = load(DATABASE_URL=f"{scheme}://caio:p@host/chat")

    assert made.DATABASE_URL == "postgresql+psycopg://caio:p@host/chat"


def test_origins_are_written_as_browsers_write_them(load):
    assert load().CORS_ORIGINS == ()
    given = "https://App.example.com:8443, http://localhost:3000,http://[::1]:3000,"
    assert load(CORS_ORIGINS=given).CORS_ORIGINS == (
        "https://app.example.com:8443",
        "http://localhost:3000",
        "http://[::1]:3000",
    )


def test_what_is_not_said_to_be_anything_else_is_production(load):
    assert load().is_production
    assert load(APP_ENV="Production").is_production
    other = load(APP_ENV="Homologação 2")
    assert (other.APP_ENV, other.is_production) == ("Homologação 2", False)


def test_an_empty_value_counts_as_not_given(load):
    assert load(PORT="", TWILIO_ACCOUNT_SID=" ", OPENAI_API_KEY="").PORT == 8000


def test_secrets_stay_out_of_its_representation(load):
    made = load(**TWILIO, OPENAI_API_KEY="the-key", WEBHOOK_SECRET="the-secret")

    for secret in (made.SECRET_KEY, "a-token", "the-key", "the-secret"):
        assert secret not in repr(made)


@pytest.mark.parametrize("sender", ["bot@example.com", "Assistant <bot@example.com>"])
@pytest.mark.parametrize("url", ["smtp://host", "smtps://bot:p%40ss@[::1]:465", "smtp://a@b:25/"])
def test_a_mail_server_is_connected_when_it_is_said_who_writes(load, url, sender):
    assert load(SMTP_URL=url, SMTP_FROM=sender).smtp_connected
    assert not load().smtp_connected
    with pytest.raises(ConfigError, match="SMTP_FROM is not"):
        load(SMTP_URL=url)


@pytest.mark.parametrize(
    "url",
    ["host", "https://host", "smtp://", "smtp://a:secret@host:x", "smtp://a:secret@host/path"],
)
def test_what_is_no_mail_server_is_said_without_its_password(load, url):
    with pytest.raises(ConfigError, match="SMTP_URL must look like") as refused:
        load(SMTP_URL=url, SMTP_FROM="bot@example.com")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "sender", ["bot", "<bot@example.com", "Bot bot@example.com", "a@b\nTo: c@d"]
)
def test_a_sender_that_is_no_address_is_named(load, sender):
    with pytest.raises(ConfigError, match="SMTP_FROM must look like"):
        load(SMTP_URL="smtp://host", SMTP_FROM=sender)
