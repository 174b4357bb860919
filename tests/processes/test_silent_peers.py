"""Who connects and falls silent costs the others nothing: pages, webhooks, streams and a stop."""

from collections.abc import Iterator

import pytest
import requests

from tests.doubles.webhooks import ACCOUNT_SID, AUTH_TOKEN, INBOUND, OUR_NUMBER, Webhooks

from .conftest import fresh_directory
from .product import START_SECONDS, Product, free_port
from .sockets import silent
from .test_running import address, sign_in

PROMPTLY = 8  # seconds, fewer than the silent ones have
WEBHOOK = b"POST /whatsapp/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nBody="
UPLOAD = b"POST /knowledge/documents HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n"
SAID = {
    "two bytes": b"GE",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "half a webhook": WEBHOOK,
    "half a form": WEBHOOK.replace(b"/whatsapp/webhook", b"/sign-in"),
    "the beginning of a large file": UPLOAD,
    "a body without end": UPLOAD.replace(b"90000000", b"9" * 30),
    "chunks without end": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
}


@pytest.fixture(scope="module")
def connected() -> Iterator[Product]:
    """One that takes webhooks, and has one process for them and the pages."""
    port = free_port()
    with fresh_directory() as directory:
        product = Product(
            directory,
            PORT=str(port),
            PUBLIC_URL=f"http://127.0.0.1:{port}",
            TWILIO_ACCOUNT_SID=ACCOUNT_SID,
            TWILIO_AUTH_TOKEN=AUTH_TOKEN,
            TWILIO_WHATSAPP_NUMBER=OUR_NUMBER,
            TWILIO_API_URL="http://127.0.0.1:1",
        )
        product.start()
        product.await_ready()
        yield product
        product.stop()


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_they_hold_up_neither_page_nor_webhook(connected: Product, said: bytes) -> None:
    with silent(connected.port, said):
        assert requests.get(f"{address(connected)}/sign-in", timeout=PROMPTLY).ok
        assert write(connected).ok


def test_an_open_page_hears_what_is_written_beside_them(connected: Product) -> None:
    with requests.Session() as browser:
        sign_in(browser, connected)
        stream = browser.get(f"{address(connected)}/stream", stream=True, timeout=START_SECONDS)
        lines = stream.iter_lines()
        with silent(connected.port, SAID["two bytes"]), silent(connected.port, SAID["half a form"]):
            assert write(connected).ok
            assert b"data: conversations" in lines


def write(product: Product) -> requests.Response:
    """A participant does."""
    twilio = Webhooks(public_url=address(product))
    form = twilio.inbound("whatsapp:+5511900000001", "Oi")
    headers = twilio.sign(INBOUND, form)
    return requests.post(f"{address(product)}{INBOUND}", form, headers=headers, timeout=PROMPTLY)
