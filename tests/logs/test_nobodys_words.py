"""Whatever goes wrong on the way of a message, no line holds its words, its sender or a key."""

import io
import json
import logging
import random
import secrets
from contextlib import redirect_stdout

import pytest

from tests.cast import participant, report, write
from tests.doubles.openai import API_KEY
from tests.doubles.webhooks import AUTH_TOKEN, INBOUND, STATUS
from wa_assistant import logs
from wa_assistant.assistant import reply
from wa_assistant.intake import gate
from wa_assistant.web import calm

PEOPLE = 12
# What a provider says where it refuses, and where it cannot.
FAULTS = [{"status": 400}, {"status": 401}, {"status": 429}, {"status": 500}, None]
BREAKS = "breaks"
ODD = ["%s %d {x}", "\x1b[31m", '"}\n{"level": "info"}', "é😀\u202e", "' OR 1=1"]


class Somebody:
    """Who writes, with marks in all that is theirs."""

    def __init__(self, chance: random.Random) -> None:
        self.mark = "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=12))
        digits = "".join(chance.choices("0123456789", k=9))
        self.number = f"+55119{digits[:8]}"
        self.id = f"BR.{chance.randrange(10**19, 10**20)}"
        self.address = chance.choice([f"whatsapp:{self.number}", f"whatsapp:{self.id}"])
        self.name = f"Nome{self.mark}"
        odd = chance.choice(
            ["%s %d {x}", "\x1b[31m", '"}\n{"level": "info"}', "é😀\u202e", "' OR 1=1"]
        )
        self.words = f"{odd} {self.mark} {self.number} {self.id} sk-{self.mark}"

    @property
    def theirs(self) -> list[str]:
        return [self.mark, self.number, self.number[1:], self.id, self.id[3:]]


def go_wrong(chance, openai, twilio, each: Somebody) -> None:
    """Both providers refuse, or not, and quote what they were asked."""
    for provider in (openai, twilio):
        if fault := chance.choice(FAULTS):
            provider.fail_next(message=f"cannot {each.words} for {each.address}", **fault)


@pytest.mark.environment(LOG_LEVEL="DEBUG", LOG_FORMAT="json")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_goes_wrong_no_line_holds_what_is_theirs(
    app, context, client, openai, twilio, monkeypatch, seed
):
    chance = random.Random(seed)
    people = [Somebody(chance) for _ in range(PEOPLE)]
    settles = gate.settles

    def breaks(who, message, **given):
        if BREAKS in message.body:
            raise LookupError(message.body, who.address)
        return settles(who, message, **given)

    monkeypatch.setattr(gate, "settles", breaks)
    for name in calm.STRANGERS:  # each line is told
        monkeypatch.setattr(logging.getLogger(name), "filters", [])
    with redirect_stdout(io.StringIO()) as out:
        logs.set_up("DEBUG", "json", [API_KEY, AUTH_TOKEN])
        for each in people:
            write(each.address, each.words, ProfileName=each.name, ExternalUserId=each.id)
            go_wrong(chance, openai, twilio, each)
            reply.answer_and_deliver(participant(each.address).id)
            write(each.address, f"{BREAKS} {each.words}", ProfileName=each.name)
            client.post(INBOUND, data={"From": each.address, "Body": each.words})
            client.post(STATUS, data=each.words.encode())
            client.get(f"/{each.mark}?to={each.number}")
            client.post(f"/sign-in/{each.mark}{API_KEY}")
            report("SM" + secrets.token_hex(16), "failed", 63016, To=each.address)
        openai.reset()
        twilio.reset()
    told = out.getvalue()
    for each in people:
        for mark in each.theirs:
            assert mark not in told, [line for line in told.splitlines() if mark in line]
    for secret in (API_KEY, AUTH_TOKEN):
        assert secret not in told
    found = [json.loads(line) for line in told.splitlines()]
    assert {"webhook refused", "webhook not processed"} <= {each["message"] for each in found}
