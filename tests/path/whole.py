"""The real product, started as its users start it, against Twilio's and OpenAI's doubles."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests
from redis import Redis
from sqlalchemy import Connection, Engine, create_engine, func, or_, select

from tests.doubles.messages import Sent
from tests.doubles.openai import API_KEY, OpenAI
from tests.doubles.twilio import Twilio
from tests.doubles.webhooks import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER
from tests.processes.product import Product, free_port
from tests.support.eventually import eventually
from wa_assistant.database import utcnow
from wa_assistant.models import Direction, Message, Participant, Status, Webhook

UNSENT = (Status.WAITING, Status.CLAIMED, Status.UNCERTAIN)
LINK = re.compile(r'href="(/conversations/\d+)"[^>]*>.*?class="who[^>]*>([^<]+)<', re.S)
SIGN_IN = re.compile(r"http://\S+/sign-in/\S+")
NOTICE = re.compile(r"\A_Quem responde é o assistente virtual.*\n\n")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Whole:
    """`twilio` and `openai` live in this process; the product in its own, over real HTTP."""

    def __init__(self, product: Product, twilio: Twilio, openai: OpenAI, database: Engine) -> None:
        self.product = product
        self.twilio = twilio
        self.openai = openai
        self.database = database
        self.url = f"http://127.0.0.1:{product.port}"

    @property
    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.product.data_dir / "run" / "valkey.sock"))

    def write(self, sender: str, body: str, sid: str | None = None) -> None:
        answer = self.twilio.send(self.url, sender, body, sid)
        assert answer.status_code == 200, answer.text

    def await_stored(self, body: str) -> None:
        """Until the engine has understood the message."""
        stored = select(Message.id).where(Message.body == body).limit(1)

        def found() -> int | None:
            with self.database.connect() as connection:
                return connection.scalar(stored)

        eventually(found)

    def to(self, address: str) -> list[Sent]:
        """What Twilio has taken for that address."""
        return [sent for sent in list(self.twilio.messages) if sent.to == address]

    def said(self, address: str) -> list[str]:
        """The same in words, without the line that opens the first answer."""
        return [NOTICE.sub("", sent.body) for sent in self.to(address)]

    def await_answer(self, address: str, count: int = 1, timeout: float = 60) -> list[Sent]:
        eventually(lambda: len(self.to(address)) >= count, timeout)
        return self.to(address)

    def await_quiet(self, inbound: int, timeout: float = 120) -> None:
        """Until so many messages have come in and everything is settled, sent and reported."""

        def quiet() -> bool:
            with self.database.connect() as connection:
                return not unfinished(connection, inbound) and not self.twilio.receipts.pending

        eventually(quiet, timeout, "It never came to rest.")

    def engines(self) -> list[psutil.Process]:
        """Who answers."""
        return self.product.find("jobs.worker")

    def is_asking(self, engine: psutil.Process) -> bool:
        """Whether it waits for the model."""
        ours = {each.laddr.port for each in engine.net_connections("tcp")}
        return bool(ours & set(self.openai.in_flight))

    def beside(self, data_dir: Path) -> Product:
        """Another machine of the same company: it shares the database and Redis, and no file."""
        own = {"DATA_DIR": str(data_dir), "PORT": str(free_port())}
        return Product(data_dir, **{**self.product.environment, **own})

    def signed_in(self) -> requests.Session:
        """A browser of the first owner's, by the link the product prints on its first start."""
        self.product.await_said("/sign-in/")
        link = SIGN_IN.findall(self.product.said)[0]
        browser = requests.Session()
        form = {"csrf_token": TOKEN.findall(browser.get(link, timeout=10).text)[0]}
        assert browser.post(link, data=form, timeout=10).status_code == 200
        return browser

    def thread(self, browser: requests.Session, name: str) -> str:
        """The page of the conversation with `name`."""
        listed = browser.get(f"{self.url}/conversations", timeout=10).text
        paths = {who.strip(): path for path, who in LINK.findall(listed)}
        return browser.get(self.url + paths[name], timeout=10).text


def unfinished(connection: Connection, inbound: int) -> bool:
    stored = connection.scalar(select(func.count()).where(Message.direction == Direction.INBOUND))
    left = connection.scalar(
        select(func.count()).where(
            or_(
                (Message.direction == Direction.INBOUND) & Message.settled_at.is_(None),
                Message.status.in_(UNSENT),
            )
        )
    )
    # One whose worker was killed right after it had answered runs out, and nobody needs it.
    busy = connection.scalar(select(func.count()).where(Participant.due_at > utcnow()))
    kept = connection.scalar(select(func.count()).where(Webhook.state == "received"))
    return (stored or 0) < inbound or bool(left or busy or kept)


@contextmanager
def whole(data_dir: Path, database_url: str = "", **environment: str) -> Iterator[Whole]:
    """The product on `data_dir`, ready; on SQLite unless a database's URL is given."""
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    with Twilio(public_url=public_url) as twilio, OpenAI() as openai:
        surroundings = {
            "PORT": str(port),
            "PUBLIC_URL": public_url,
            "DATABASE_URL": database_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_WHATSAPP_NUMBER": OUR_NUMBER,
            "TWILIO_API_URL": twilio.url,
            "OPENAI_API_KEY": API_KEY,
            "OPENAI_BASE_URL": openai.base_url,
            "OPENAI_REQUESTS_PER_MINUTE": "100000",
            "OPENAI_TOKENS_PER_MINUTE": "100000000",
            "REPLY_DELAY_SECONDS": "1",
        }
        product = Product(data_dir, **{**surroundings, **environment})
        url = database_url or f"sqlite:///{data_dir}/wa_assistant.sqlite3"
        database = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        try:
            product.start()
            product.await_ready()
            eventually(product.healthy, 30, "Its engine never came.")
            yield Whole(product, twilio, openai, database)
        finally:
            product.kill_what_is_left()
            database.dispose()
