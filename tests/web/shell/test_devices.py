"""What browsers call themselves, in plain words."""

import pytest

from wa_assistant.web.shell.devices import device

LIKE_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
NT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{NT} {LIKE_GECKO} Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{NT} {LIKE_GECKO} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        (f"{MAC} {LIKE_GECKO} Chrome/142.0.0.0 Safari/537.36 OPR/125.0.0.0", "Opera on Mac"),
        (
            f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605",
            "Safari on Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox on Linux",
        ),
        (
            f"Mozilla/5.0 (X11; CrOS x86_64) {LIKE_GECKO} Chrome/142 Safari/537",
            "Chrome on ChromeOS",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)", "iPad"),
        ("curl/8.5", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_it_is_known_by_what_it_calls_itself(app, agent, words):
    with app.test_request_context():
        assert device(agent) == words
