"""What a new team has still to do: each line knows whether it is done, and the list ends."""

import pytest

from tests.cast import BIA, CAIO, only, rows
from tests.knowledge import stock
from wa_assistant import settings
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction
from wa_assistant.intake import simulator
from wa_assistant.models import AuditEntry, Author, Document, Participant, Role, Setting, User
from wa_assistant.operations import first_day
from wa_assistant.settings import FirstDay

pytestmark = pytest.mark.usefixtures("context")

CONNECTED = {"model": "OPENAI", "whatsapp": "TWILIO", "team": "GITHUB"}


@pytest.fixture(autouse=True)
def caio(app, context, monkeypatch):
    """An owner, on their own at a machine that is connected to nothing."""
    for name in CONNECTED.values():
        monkeypatch.setitem(app.config, f"{name}_CONNECTED", False)
    with transaction():
        db.session.add(User(email=CAIO, role=Role.OWNER))
    return only(User)


def open_lines() -> list[str]:
    return [each.line.key for each in first_day.standing().steps if not each.done]


def choose(**given) -> None:
    settings.change(given, settings.marks(settings.current()), only(User, User.email == CAIO))


def answered(simulated: bool = True) -> None:
    address = simulator.new_address() if simulated else "whatsapp:+5511987654321"
    with transaction():
        who = Participant(address=address, simulated=simulated)
        db.session.add(who)
        db.session.flush()
        outbox.put(who, "Oi", Author.ASSISTANT)


def everything_needed(app) -> None:
    answered()
    stock.document("prices.md", "The course costs 900 reais.")
    choose(company="Escola", privacy_contact="dpo@example.com", cap_day="5")
    app.config["TWILIO_CONNECTED"] = True


def test_at_first_everything_is_open_and_what_is_optional_stands_last():
    found = first_day.standing()
    assert open_lines() == [each.key for each in first_day.LINES]
    assert not found.is_complete
    required = [each.line.required for each in found.steps]
    assert required == sorted(required, reverse=True)


DEEDS = {
    "try": answered,
    "company": lambda: choose(company="Escola"),
    "documents": lambda: stock.document("prices.md", "The course costs 900 reais."),
    "privacy": lambda: choose(privacy_contact="dpo@example.com"),
    "cap": lambda: choose(cap_model_month="50"),
    "hours": lambda: choose(closed_dates="25/12/2030"),
}


@pytest.mark.parametrize("key", DEEDS)
def test_what_is_done_closes_its_line_and_no_other(key):
    before = open_lines()
    DEEDS[key]()
    assert set(before) - set(open_lines()) == {key}


@pytest.mark.parametrize("key", CONNECTED)
def test_what_is_connected_closes_its_line_and_no_other(app, key):
    before = open_lines()
    app.config[f"{CONNECTED[key]}_CONNECTED"] = True
    assert set(before) - set(open_lines()) == {key}


def test_a_colleague_who_may_sign_in_is_a_team_and_one_who_may_not_is_none():
    with transaction():
        db.session.add(User(email=BIA, role=Role.VIEWER, active=False))
    assert "team" in open_lines()
    with transaction():
        only(User, User.email == BIA).active = True
    assert "team" not in open_lines()


def test_who_really_wrote_does_not_try_it_and_a_document_nobody_finds_is_none():
    answered(simulated=False)
    stock.document("prices.md", "900 reais.")
    with transaction():
        only(Document).passages = 0
    assert {"try", "documents"} <= set(open_lines())


def test_that_nothing_is_capped_is_urgent_once_a_model_is_connected(app):
    def urgent() -> list[str]:
        return [each.line.key for each in first_day.standing().steps if each.urgent]

    assert urgent() == []
    app.config["OPENAI_CONNECTED"] = True
    assert urgent() == ["cap"]
    choose(cap_month="100")
    assert urgent() == []


def test_once_all_that_is_needed_is_done_it_is_over_for_good(app, statements):
    everything_needed(app)
    assert open_lines() == ["model", "team", "hours"]
    assert first_day.standing().is_complete
    first_day.finish()
    statements.clear()
    assert first_day.standing() == first_day.Standing(FirstDay.DONE)
    assert len(statements) == 1, "the settings, which every page reads"
    choose(company="")
    assert first_day.standing().state == FirstDay.DONE
    assert [each.subject_id for each in rows(AuditEntry)].count("first_day") == 0


def test_to_look_takes_one_statement_besides_the_settings(statements):
    statements.clear()
    first_day.standing()
    assert len(statements) == 2


def test_an_owner_puts_it_away_and_fetches_it_again(caio):
    first_day.put_away(caio)
    assert first_day.standing() == first_day.Standing(FirstDay.AWAY)
    first_day.put_away(caio)  # a second press
    first_day.fetch_again(caio)
    assert "company" in open_lines()
    told = [(each.actor, each.after) for each in rows(AuditEntry)]
    assert told == [(CAIO, {"value": "away"}), (CAIO, {"value": "leads"})]


def test_what_another_version_wrote_there_leads():
    with transaction():
        db.session.add(Setting(name="first_day", value="elsewhere"))
    assert first_day.standing().state == FirstDay.LEADS
