"""Which files one plain message enters on its way: `make tour`, or `python -m tests.tour`.

The application runs here on a new data directory, with Twilio and OpenAI as doubles over HTTP and
a Valkey of its own. A participant asks what something costs; its webhook, the jobs it rings for and
the receipts of the answer are run one after the other. A file counts where one of its functions is
called meanwhile, in whatever thread. What is called at an import or by the tests themselves does
not count, and neither does the start of the application.
"""

import argparse
import json
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask

import config as configuration
from deploy.schema import migrate
from tests.doubles.openai import API_KEY, OpenAI
from tests.doubles.twilio import Twilio
from tests.doubles.webhooks import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL
from tests.support.processes import ROOT
from tests.support.valkey import Valkey
from tests.support.work import Work
from wa_assistant import create_app
from wa_assistant.extensions import db

ANA = "whatsapp:+5511900000001"
QUESTION = "Quanto custa?"
STEPS = ("webhook", "answer", "delivery", "receipt")
RECEIPTS = ("sent", "delivered")
# The functions with which a step begins that lasts until they return, wherever they stand.
BEGIN = {"answer_and_deliver": "answer", "deliver": "delivery"}
OURS = tuple(f"{ROOT / name}/" for name in ("wa_assistant", "jobs"))
ALONE = {str(ROOT / name) for name in ("config.py", "environment.py", "secret_key.py")}
# A line is logged beside the way, where something is odd: on a busy machine, say.
LOGS = f"{ROOT / 'wa_assistant' / 'logs'}/"
TESTS = f"{ROOT / 'tests'}/"
AT_IMPORT = "<module>"


class Tour:
    """Collects what is entered: by step, and in order.

    `files` holds each file once, with the step it was first entered in, and `entered` the files of
    each step; `moves` counts the calls from one file into another, and `returns` those of them that
    come back into a file already left.
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.entered: dict[str, set[str]] = {step: set() for step in STEPS}
        self.functions: set[tuple[str, str]] = set()
        self.moves = 0
        self.returns = 0
        self._step = ""
        self._here = threading.local()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Inside, calls are traced as part of the step `name`, in new threads too."""
        self._step = name
        threading.setprofile(self._trace)
        sys.setprofile(self._trace)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)

    def report(self) -> dict[str, Any]:
        """The whole tour as JSON holds it."""
        steps = [
            {
                "step": step,
                "entered": len(self.entered[step]),
                "files": [file for file, first in self.files.items() if first == step],
            }
            for step in STEPS
        ]
        return {
            "steps": steps,
            "files": len(self.files),
            "functions": len(self.functions),
            "moves": self.moves,
            "returns": self.returns,
        }

    def _trace(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            self._called(frame)
        elif event == "return":
            self._returned(frame)

    def _called(self, frame: FrameType) -> None:
        here, code = self._here, frame.f_code
        if getattr(here, "ignored", None) is not None:
            return
        if code.co_name == AT_IMPORT:
            here.ignored = frame
            return
        ours = code.co_filename.startswith(OURS) or code.co_filename in ALONE
        if not ours or code.co_filename.startswith(LOGS):
            return
        if frame.f_back and frame.f_back.f_code.co_filename.startswith(TESTS):
            here.ignored = frame
            return
        if code.co_qualname in BEGIN:
            here.begun = [*getattr(here, "begun", ()), (frame, self._step)]
            self._step = BEGIN[code.co_qualname]
        self._enter(str(Path(code.co_filename).relative_to(ROOT)), code.co_qualname)

    def _enter(self, file: str, function: str) -> None:
        before = getattr(self._here, "file", None)
        if before is not None and file != before:
            self.moves += 1
            self.returns += file in self.files
        self._here.file = file
        self.files.setdefault(file, self._step)
        self.entered[self._step].add(file)
        self.functions.add((file, function))

    def _returned(self, frame: FrameType) -> None:
        here = self._here
        if getattr(here, "ignored", None) is frame:
            here.ignored = None
        elif (begun := getattr(here, "begun", None)) and begun[-1][0] is frame:
            *here.begun, (_, self._step) = begun


def take() -> Tour:
    """Let one message go its whole way; raises AssertionError where it does not arrive."""
    tour = Tour()
    with (
        tempfile.TemporaryDirectory(prefix="wa-tour-") as name,
        Twilio() as twilio,
        OpenAI() as openai,
        _application(Path(name), twilio, openai) as app,
    ):
        client, work = app.test_client(), Work(app)
        with tour.step("webhook"):
            response = twilio.send(client, ANA, QUESTION)
            work()
        assert response.status_code == 200, response.text
        assert len(openai.calls) == 1, "The model was not asked once."
        (answer,) = twilio.messages
        for status in RECEIPTS:
            with tour.step("receipt"):
                response = twilio.receipt(client, answer.sid, status)
                work()
            assert response.status_code == 200, response.text
    return tour


@contextmanager
def _application(directory: Path, twilio: Twilio, openai: OpenAI) -> Iterator[Flask]:
    """The product as its first start leaves it, ready for the first message."""
    valkey = Valkey(directory, "valkey.sock")
    names = {
        "DATA_DIR": str(directory / "data"),
        "REDIS_URL": valkey.url,
        "PUBLIC_URL": PUBLIC_URL,
        "REPLY_DELAY_SECONDS": "0",
        "LOG_LEVEL": "WARNING",
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_WHATSAPP_NUMBER": OUR_NUMBER,
        "TWILIO_API_URL": twilio.url,
        "OPENAI_API_KEY": API_KEY,
        "OPENAI_BASE_URL": openai.base_url,
    }
    valkey.start()
    try:
        config = configuration.load(names, dotenv=None)
        migrate(config)
        app = create_app(config)
        app.testing = True  # a fault is raised, and not answered with a page
        yield app
        with app.app_context():
            db.engine.dispose()
    finally:
        valkey.stop()


def lines(report: dict[str, Any]) -> Iterator[str]:
    for each in report["steps"]:
        yield f"{each['step']}: {each['entered']} files, of which {len(each['files'])} are new"
        yield from (f"    {file}" for file in each["files"])
    yield (
        f"{report['files']} files, {report['functions']} functions; {report['moves']} calls from"
        f" file to file, {report['returns']} of them back into a file already left"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    given = parser.parse_args()
    with redirect_stdout(sys.stderr):  # for what is logged
        report = take().report()
    print(json.dumps(report, indent=2) if given.json else "\n".join(lines(report)))


if __name__ == "__main__":
    main()
