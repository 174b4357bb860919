"""Files are fetched from Twilio and nowhere else, whatever a webhook or a redirect names."""

import io
import threading
from urllib.parse import urlsplit

import pytest

from tests.doubles.files import Store
from tests.doubles.server import Response
from tests.doubles.webhooks import ACCOUNT_SID
from wa_assistant.clients import twilio_media as client
from wa_assistant.clients.files import Elsewhere, NotThere, TooLarge, Unreachable

pytestmark = pytest.mark.usefixtures("context")
MEDIA = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM1/Media/ME1"
LIMIT = 100_000


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture
def stranger():
    with Store() as store:
        yield store


def fetch(url: str, limit: int = LIMIT):
    into = io.BytesIO()
    return client.fetch(url, into, limit), into.getvalue()


def redirect(twilio, location: str) -> str:
    """A file whose address leads somewhere else."""
    key = twilio.store.put(b"", None)
    twilio.store.answer_next(Response(302, b"", {"Location": location}))
    return str(twilio.keep(b"", None).rpartition("/")[0]) + f"/{key}"


def test_a_file_is_fetched_through_a_redirect_that_is_not_shown_the_token(twilio):
    fetched, content = fetch(twilio.keep(b"bytes", "image/png", "foto da Ana.png"))
    assert (fetched.content_type, fetched.name, content) == (
        "image/png",
        "foto da Ana.png",
        b"bytes",
    )
    assert twilio.requests[0].headers["Authorization"].startswith("Basic ")
    assert len(twilio.store.requests) == 1
    assert twilio.store.leaks == []


def test_not_even_what_is_in_netrc_is_shown_to_a_store(twilio, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    fetch(twilio.keep(b"bytes", "image/png"))
    assert twilio.store.leaks == []


def test_a_file_without_a_type_has_none(twilio):
    fetched, _ = fetch(twilio.keep(b"bytes", None))
    assert (fetched.content_type, fetched.name) == ("", "")


@pytest.mark.parametrize(
    "where", ["http://localhost:{}/x", "http://127.0.0.2:{}/x", "//[::1]:{}/x"]
)
def test_a_redirect_to_another_host_is_not_followed(twilio, stranger, where):
    port = stranger.url.rpartition(":")[2]
    with pytest.raises(Elsewhere):
        fetch(redirect(twilio, where.format(port)))
    assert stranger.requests == []


@pytest.mark.environment(TWILIO_API_URL="http://localhost:1")
def test_neither_is_one_to_this_machine(app, twilio, stranger):
    app.config["TWILIO_API_URL"] = twilio.url.replace("127.0.0.1", "localhost")
    with pytest.raises(Elsewhere):
        fetch(twilio.keep(b"bytes", "image/png"))  # whose store is at 127.0.0.1
    assert twilio.store.requests == []


def test_redirects_without_end_are_left(twilio):
    url = redirect(twilio, "/again")
    for _ in range(5):
        twilio.store.answer_next(Response(302, b"", {"Location": "/again"}))
    with pytest.raises(Elsewhere):
        fetch(url)
    assert len(twilio.store.requests) == client.MOST_REDIRECTS


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "simulated:voice",
        "/etc/passwd",
        "",
        "https://",
        f"https://api.twilio.com.example.com{MEDIA}",
        f"https://example.com/api.twilio.com{MEDIA}",
        f"https://user:password@mms.twiliocdn.com{MEDIA}",
        f"https://api.twilio.com:8443{MEDIA}",
        f"https://api.twilio.com:port{MEDIA}",
        f"https://api.twilio.com\\@example.com{MEDIA}",
        f"https://api.twilio.com/2010-04-01/Accounts/AC{'1' * 32}/Messages/MM1/Media/ME1",
        f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json",
        f"https://api.twilio.com{MEDIA}/../../../../Keys.json",
        "https://mms.twiliocdn.com/x",
    ],
)
@pytest.mark.parametrize("base", [None, "http://localhost:9"])
def test_what_a_webhook_names_is_asked_only_at_the_account_s_own_addresses(
    app, stranger, url, base
):
    app.config["TWILIO_API_URL"] = base
    if base and client.API.fullmatch(urlsplit(url).hostname or ""):
        return  # goes to TWILIO_API_URL, as all of Twilio does
    with pytest.raises(Elsewhere):
        fetch(url.format(port=stranger.url.rpartition(":")[2]))
    assert stranger.requests == []


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://mms.twiliocdn.com/AC1/x?Signature=y", True),
        ("https://media.twiliocdn.com/AC1/x", True),
        ("https://media.twiliocdn.com.s3-external-1.amazonaws.com/AC1/x", True),
        ("https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x", True),
        ("https://api.ie1.twilio.com/x", True),
        ("https://s3-external-1.amazonaws.com/somebody-elses-bucket/x", False),
        ("https://evil.s3-external-1.amazonaws.com/media.twiliocdn.com/x", False),
        ("https://media.twiliocdn.com.s3.amazonaws.com.example.com/x", False),
        ("https://eviltwiliocdn.com/x", False),
        ("https://twiliocdn.com.example.com/x", False),
        ("http://mms.twiliocdn.com/x", False),
    ],
)
def test_twilio_s_stores_are_known_by_their_names(app, url, allowed):
    app.config["TWILIO_API_URL"] = None
    if allowed:
        client._check(urlsplit(url), first=False)
        return
    with pytest.raises(Elsewhere):
        client._check(urlsplit(url), first=False)


def test_the_token_goes_to_twilio_s_api_alone(app):
    app.config["TWILIO_API_URL"] = None
    client._check(urlsplit(f"https://api.twilio.com{MEDIA}"), first=True)
    client._check(urlsplit(f"https://api.dublin.ie1.twilio.com{MEDIA}"), first=True)
    for host in ("mms.twiliocdn.com", "video.twilio.com", "apitwilio.com"):
        with pytest.raises(Elsewhere):
            client._check(urlsplit(f"https://{host}{MEDIA}"), first=True)


def test_a_file_that_says_it_is_too_large_is_not_read(twilio):
    read = threading.Event()

    def pieces():
        read.set()
        yield b"x" * (LIMIT + 1)

    headers = {"Content-Length": str(LIMIT + 1)}
    twilio.store.answer_next(Response(200, b"", headers, pieces))
    with pytest.raises(TooLarge):
        fetch(twilio.keep(b"", "image/png"))


def test_a_file_of_the_largest_size_is_read(twilio):
    _, content = fetch(twilio.keep(b"x" * LIMIT, "image/png"))
    assert len(content) == LIMIT


def test_a_stream_without_end_is_left_at_the_limit(twilio):
    sent: list[int] = []

    def endless():
        while len(sent) < 10_000:
            sent.append(1)
            yield b"x" * 10_000

    twilio.store.answer_next(Response(200, pieces=endless))
    into = io.BytesIO()
    with pytest.raises(TooLarge):
        client.fetch(twilio.keep(b"", "image/png"), into, LIMIT)
    assert len(into.getvalue()) <= LIMIT
    assert len(sent) < 10_000


def test_a_stream_that_drips_is_left_when_its_time_is_over(twilio, monkeypatch):
    monkeypatch.setattr(client, "DEADLINE_SECONDS", 0.3)
    stop = threading.Event()

    def dripping():
        while not stop.wait(0.05):
            yield b"x"

    twilio.store.answer_next(Response(200, pieces=dripping))
    with pytest.raises(Unreachable):
        fetch(twilio.keep(b"", "image/png"))
    stop.set()


def test_so_is_a_chain_of_redirects(twilio, monkeypatch):
    monkeypatch.setattr(client, "DEADLINE_SECONDS", 0.0)
    with pytest.raises(Unreachable):
        fetch(redirect(twilio, "/again"))
    assert twilio.store.requests == []


def test_a_file_that_breaks_off_is_not_taken_for_whole(twilio):
    headers = {"Content-Length": "5000"}
    twilio.store.answer_next(Response(200, b"half", headers, pieces=lambda: iter([b"of it"])))
    with pytest.raises(Unreachable):
        fetch(twilio.keep(b"", "image/png"))


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, NotThere), (410, NotThere), (401, Unreachable), (429, Unreachable), (500, Unreachable)],
)
def test_failures_are_told_apart(twilio, status, kind):
    twilio.store.fail_next(status=status)
    with pytest.raises(kind):
        fetch(twilio.keep(b"bytes", "image/png"))


def test_a_connection_that_breaks_or_hangs_is_worth_another_try(twilio, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT_SECONDS", (5.0, 0.2))
    url = twilio.keep(b"bytes", "image/png")
    twilio.store.drop_connection(on="GET")
    with pytest.raises(Unreachable):
        fetch(url)
    twilio.store.hang(1, on="GET")
    with pytest.raises(Unreachable):
        fetch(url)
    assert fetch(url)[1] == b"bytes"


def test_without_an_account_nothing_is_asked(app, twilio):
    app.config["TWILIO_CONNECTED"] = False
    with pytest.raises(Unreachable):
        fetch(f"{twilio.url}{MEDIA}")
    assert twilio.requests == []
