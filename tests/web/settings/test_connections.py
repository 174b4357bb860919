"""Owners see what is connected and how to connect what is not; a secret is shown to nobody."""

import pytest

from tests.chosen import choose
from wa_assistant.web.settings import connections

pytestmark = pytest.mark.usefixtures("context")

PAGE = "/settings/connections"
SECRETS = {
    "TWILIO_AUTH_TOKEN": "0123456789abcdeftail,tok7n",
    "OPENAI_API_KEY": "sk-of-nobody-but-us-last",
    "OPENAI_BASE_URL": "https://eva:pa55@models.example.com/v1",
    "GITHUB_CLIENT_ID": "Iv1.client",
    "GITHUB_CLIENT_SECRET": "ghs-0123456789-ends",
    "SMTP_URL": "smtps://eva:pa55@mail.example.com:465",
    "SMTP_FROM": "Escola <oi@example.com>",
}


@pytest.mark.environment(**SECRETS)
def test_what_is_set_is_told_without_its_secrets(caio):
    page = caio.get(PAGE).text
    for ending in ("…tail, …", "…last", "…ends"):
        assert f"<dd>{ending}</dd>" in page
    for secret in ("0123456789", "tok7n", "sk-of", "pa55", "eva:", "ghs-"):
        assert secret not in page, secret
    assert "<dd>https://models.example.com/v1</dd>" in page
    assert "<dd>smtps://mail.example.com:465</dd>" in page
    assert "<dd>Escola &lt;oi@example.com&gt;</dd>" in page
    assert "doctor model" in page
    assert 'href="/model"' in page
    assert "Not set up" not in page
    assert "/whatsapp/webhook#rc=5&amp;rp=all</code>" in page
    assert "/sign-in/github/callback</code>" in page


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_of_what_is_not_set_it_is_said_what_is_done_without_and_how_to_set_it(caio):
    page = caio.get(PAGE, headers={"Accept-Language": "pt-BR"}).text
    assert "O assistente offline responde" in page
    assert "Para configurar:" in page
    assert "<code>OPENAI_API_KEY</code>" in page
    assert "<code>SMTP_FROM</code>" in page
    assert "doctor model" not in page


def test_a_model_that_was_chosen_in_the_settings_is_told_beside_the_environment_s(app, caio):
    choose(model="gpt-6-sol")
    page = caio.get(PAGE).text
    assert f"<dd>{app.config['OPENAI_MODEL']}</dd>" in page
    assert "gpt-6-sol" in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://eva:pass@db.example.com:5432/wa?sslmode=require", "db.example.com"),
        ("rediss://:pass@redis.example.com:6379/0", "redis.example.com"),
        ("unix:///tmp/valkey.sock", "/tmp/valkey.sock"),
        ("sqlite:////var/data/wa.sqlite3", "/var/data/wa.sqlite3"),
    ],
)
def test_an_address_is_shown_without_who_signs_in_there(address, shown):
    found = connections.host(address)
    assert shown in found
    assert not any(each in found for each in ("pass", "eva", "psycopg", "sslmode"))


def test_nothing_can_be_saved_there(caio):
    assert caio.post(PAGE).status_code == 405
