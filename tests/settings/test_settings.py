"""What owners choose is read as it was saved last, and no change is lost."""

import json
import math

import pytest
from sqlalchemy import text

from tests.cast import CAIO, only, rows, together
from wa_assistant import audit, settings
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, AuditEntry, Role, Setting, Subject, User
from wa_assistant.settings import Settings, definitions
from wa_assistant.settings.problem import Problem
from wa_assistant.settings.week import MIDNIGHT, Span, Week, read

EVA = "eva@example.com"
OPEN = ["09:00", "18:00"]

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def owners(context: None) -> None:
    with transaction():
        db.session.add_all(User(email=each, role=Role.OWNER) for each in (CAIO, EVA))


def change(seen=None, by=CAIO, **given):
    actor = only(User, User.email == by)
    return settings.change(given, seen or settings.marks(settings.current()), actor)


def refused(**given):
    with pytest.raises(settings.Refused) as caught:
        change(**given)
    return caught.value


def said(app, error):
    """The sentences as a page has them."""
    with app.test_request_context():
        return [str(words) for words in error.problems.values()]


def put(name, value):
    with db.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO settings (name, value, updated_at) VALUES (:name, :value, :at)"),
            {"name": name, "value": json.dumps(value), "at": "2026-01-01 00:00:00+00:00"},
        )


def test_every_setting_has_a_default_and_a_reader():
    assert settings.current() == Settings()
    assert set(definitions.READ) == set(settings.NAMES)
    for name in settings.NAMES:
        default = getattr(Settings(), name)
        assert definitions.READ[name](definitions.stored(default)) == default


def test_what_is_saved_is_read_from_then_on():
    week = [None, *[["8:00", "12h30"]] * 5, ["22:00", "00:00"]]
    change(company=" Escola  do\tBairro ", purpose="Um.\r\n\r\nDois.", hours=week)
    now = settings.current()
    assert (now.company, now.purpose) == ("Escola do Bairro", "Um.\n\nDois.")
    half = (Span(8 * 60, 12 * 60 + 30),)
    assert now.hours == Week(((), *[half] * 5, (Span(22 * 60, MIDNIGHT),)))
    change(newcomers_journey="7", time_zone="America/Manaus")
    assert settings.current().newcomers_journey == 7
    change(newcomers_journey="")
    assert settings.current().newcomers_journey is None
    assert settings.current().time_zone == "America/Manaus"


def test_another_process_s_change_is_seen_at_once():
    assert settings.current().company == ""
    put("company", "Escola")
    assert settings.current().company == "Escola"


def test_each_change_is_in_the_audit_and_what_stays_is_not():
    assert change(company="Escola", countries="") == ["company"]
    entry = only(AuditEntry)
    assert (entry.actor, entry.action) == (CAIO, "changed")
    assert (entry.subject, entry.subject_id) == ("setting", "company")
    assert (entry.before, entry.after) == ({"value": ""}, {"value": "Escola"})
    assert change(company="Escola") == []
    assert len(rows(AuditEntry)) == 1
    change_ = settings.history.latest(settings.NAMES)["company"]
    assert (change_.id, change_.name, change_.before) == (entry.id, "company", "")
    assert change_.by
    assert (change_.by.email, change_.at) == (CAIO, entry.created_at)


def test_the_last_change_of_each_is_known_where_it_can_be_had_back():
    change(company="Escola", countries="Brasil")
    change(by=EVA, company="Escola do Bairro", hours=[["9:00", "12:00"], *[None] * 6])
    latest = settings.history.latest(("company", "hours", "purpose"))
    assert {name: each.before for name, each in latest.items()} == {
        "company": "Escola",
        "hours": Settings().hours,
    }
    found = settings.history.of_id(latest["hours"].id)
    assert found
    assert found.stored == Settings().hours.stored()
    put("time_zone", "Asia/Tokyo")  # by hand: the audit tells of nothing
    assert settings.history.latest(("time_zone",)) == {}
    assert settings.history.of_id(0) is None


def test_what_another_version_wrote_cannot_be_had_back():
    actor = only(User, User.email == CAIO)
    with transaction():
        for of, name in (
            (Subject.SETTING, "hours"),
            (Subject.SETTING, "gone"),
            (Subject.PRICE, ""),
        ):
            audit.record(actor, Action.CHANGED, of, name, before={"value": "mo-fr"})
    for entry in rows(AuditEntry):
        assert settings.history.of_id(entry.id) is None
    put("hours", Settings().hours.stored())
    assert settings.history.latest(settings.NAMES) == {}


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"company": "x" * 121}, {"company"}),
        ({"purpose": "x" * 601}, {"purpose"}),
        ({"countries": "x" * 301}, {"countries"}),
        ({"privacy_contact": "ana@"}, {"privacy_contact"}),
        ({"privacy_contact": "ana@escola"}, {"privacy_contact"}),
        ({"time_zone": "America/Nowhere"}, {"time_zone"}),
        ({"time_zone": "../etc/passwd"}, {"time_zone"}),
        ({"newcomers_journey": "-1"}, {"newcomers_journey"}),
        ({"newcomers_journey": "99999999999"}, {"newcomers_journey"}),
        ({"hours": [OPEN] * 6}, {"hours"}),
        ({"hours": [["18:00", "9:00"], *[None] * 6]}, {"hours.0"}),
        ({"hours": [None, ["9:00", ""], *[None] * 4, ["", "9:00"]]}, {"hours.1", "hours.6"}),
        ({"hours": [["25:00", "26:00"], ["9:60", "18:00"], *[OPEN] * 5]}, {"hours.0", "hours.1"}),
        ({"hours": [["nine", "six"], *[OPEN] * 6]}, {"hours.0"}),
        ({"hours": [["12:00", "12:00"], *[OPEN] * 6]}, {"hours.0"}),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_saved(app, given, places):
    found = refused(**{"company": "Escola", **given})
    assert set(found.problems) == places
    assert all(each.endswith(".") for each in said(app, found))
    assert settings.current() == Settings()
    assert rows(Setting) == rows(AuditEntry) == []


@pytest.mark.parametrize("contact", ["ana@escola.com.br", "(11) 3333-4444", "https://a.com/@us x"])
def test_a_contact_is_whatever_leads_to_a_person(contact):
    change(privacy_contact=contact)
    assert settings.current().privacy_contact == contact


def test_what_nobody_sees_is_left_out():
    change(company="Es\x00co\x07la", purpose="\x00a\nb\x1b")
    assert (settings.current().company, settings.current().purpose) == ("Escola", "a\nb")


def test_what_cannot_be_used_counts_as_nothing_chosen():
    put("time_zone", "Mars/Olympus")
    put("hours", {"monday": "always"})
    put("company", "Escola")
    put("a setting of another version", 1)
    assert settings.current() == Settings(company="Escola")


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, -1, 10**30, math.nan, "\x00²", [], {}, [[]], [{}] * 7, [[["9:00", {}]]] * 7),
        {part: [{}] for part in ("country", "worked", "currency", "rate", "day")},
    ],
    ids=repr,
)
def test_whatever_is_written_by_hand_is_read_or_cannot_be_used(value):
    settings.of(dict.fromkeys(settings.NAMES, value))


def test_a_colleague_s_newer_change_is_not_overwritten_unseen(app):
    seen = settings.marks(settings.current())
    change(seen, company="Escola de Caio", purpose="Aulas")
    with pytest.raises(settings.Refused) as caught:
        change(seen, by=EVA, company="Escola de Eva", countries="Brasil")
    assert set(caught.value.problems) == caught.value.changed_meanwhile == {"company"}
    assert said(app, caught.value)[0].startswith("caio has changed this meanwhile.")
    assert settings.current() == Settings(company="Escola de Caio", purpose="Aulas")
    change(settings.marks(settings.current()), by=EVA, company="Escola de Eva")
    assert settings.current().company == "Escola de Eva"


def test_what_one_left_as_it_was_keeps_a_colleague_s_change():
    seen = settings.marks(settings.current())
    change(seen, company="Escola", purpose="Aulas")
    assert change(seen, by=EVA, company="", purpose="Aulas", countries="Brasil") == ["countries"]
    found = settings.current()
    assert (found.company, found.purpose, found.countries) == ("Escola", "Aulas", "Brasil")


def test_of_two_who_save_at_once_one_is_told(app):
    seen = settings.marks(settings.current())

    def save(name):
        try:
            return change(dict(seen), company=name)
        except settings.Refused:
            return "refused"

    ends = together(app, *[lambda name=name: save(name) for name in "ABCD"])
    assert sorted(map(str, ends)) == ["['company']", "refused", "refused", "refused"]
    assert len(rows(AuditEntry)) == 1


def test_a_week_is_stored_as_it_is_read():
    stored = [[["00:00", "00:00"]], [["09:30", "12:00"], ["13:00", "18:00"]], *[[]] * 5]
    assert read(stored).stored() == stored
    with pytest.raises(Problem):
        read("mo-fr")


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("9", "09:00"),
        ("9h", "09:00"),
        ("9h30", "09:30"),
        ("9.30", "09:30"),
        (" 09:30 ", "09:30"),
        ("6 pm", "18:00"),
        ("12 AM", "00:00"),
        ("12:30pm", "12:30"),
        ("23:59", "23:59"),
    ],
)
def test_a_time_is_read_however_people_write_it(written, clock):
    day = read([[written, "24:00"], *[None] * 6]).stored()[0]
    assert day == [[clock, "00:00"]]


@pytest.mark.parametrize("written", ["24:01", "25", "9:60", "9:5", "-1", "nine", "9 to 5", "٩x"])
def test_what_is_no_time_is_refused(written):
    with pytest.raises(Problem):
        read([[written, "23:59"], *[None] * 6])
