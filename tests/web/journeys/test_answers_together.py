"""The page of a version's answers: a table, bars that lead to people, and a file of just those."""

import csv
import html
import io
import zipfile
from itertools import count

import pytest

from tests.cast import ANA, BIA, BRUNO, known, participant, rows
from tests.journey.people import GOAL, INTRO, published, user
from tests.journey.under_way import moved
from tests.web import people
from wa_assistant.conversation import naming
from wa_assistant.database import db, transaction
from wa_assistant.journey import together
from wa_assistant.models import Action, Answer, AuditEntry, Role
from wa_assistant.web.journeys import answers

from .pages import send, words

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def interview(context):
    return published(user(BIA), INTRO, GOAL)


@pytest.fixture
def path(interview) -> str:
    return f"/journeys/{interview.journey_id}/versions/{interview.id}/answers"


def enters(version, address, name, **said):
    who = known(address)
    moved(who, journey_version_id=version.id, stage="intro", name=name)
    kinds = {"size": "choice"}
    with transaction():
        for each, value in said.items():
            db.session.add(
                Answer(
                    participant_id=who,
                    version_id=version.id,
                    stage="goal" if each == "goal" else "intro",
                    name=each,
                    kind=kinds.get(each, "text"),
                    value=value,
                    source="model",
                )
            )


def test_it_shows_everybody_and_what_was_answered(bia, path, interview):
    enters(interview, ANA, "Ana", role="dev", size="Small")
    enters(interview, BRUNO, "Bruno", size="Small")
    page = words(bia.get(path))
    assert "2 people" in page
    assert "size Intro 2 answered" in page
    assert "Small 2 100%" in page
    assert "Large 0 0%" in page


def test_a_bar_leads_to_those_who_said_so(bia, path, interview):
    enters(interview, ANA, "Ana", size="Small")
    enters(interview, BRUNO, "Bruno", size="Large")
    address = f"{path}?question=1&value=Large"
    assert html.escape(address) in bia.get(path).text
    only_bruno = words(bia.get(address))
    assert "size: Large" in only_bruno
    assert "1 person" in only_bruno
    assert "Ana" not in only_bruno


def test_of_whom_nobody_is_like_that_is_said(bia, path):
    assert "Nobody is meant by this" in words(bia.get(f"{path}?lacks=0&stage=goal"))


@pytest.mark.parametrize("asked", ["stage=x", "has=99", "question=1", "tag=%00", "before=9e9"])
def test_what_cannot_be_understood_asks_nothing(bia, path, interview, asked):
    enters(interview, ANA, "Ana", size="Small")
    assert "Ana" in words(bia.get(f"{path}?{asked}"))


def test_owners_take_out_just_what_is_shown_and_it_is_audited(app, path, interview):
    caio = people.signed_in(app, "caio@example.com", Role.OWNER)
    enters(interview, ANA, "=HYPERLINK(1)", role="dev; and more", size="Small")
    enters(interview, BRUNO, "Bruno", size="Large")
    sent = send(caio, f"{path}?question=1&value=Small", f"{path}/export", kind="csv")
    text = sent.data.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text), delimiter=",")
    assert head == [
        "Name",
        "Number",
        "Stage",
        "Intro: role",
        "Intro: size",
        "Goal: goal",
        "Two values",
    ]
    assert lines == [
        ["'=HYPERLINK(1)", "(+55) 11 98765-4321", "Intro", "dev; and more", "Small", "", ""]
    ]
    entry = rows(AuditEntry, AuditEntry.action == Action.EXPORTED)[-1]
    assert (entry.subject_id, entry.after) == (
        str(interview.journey_id),
        {"version": 1, "filters": 2},
    )


def test_the_same_comes_as_a_workbook(app, path, interview):
    caio = people.signed_in(app, "caio@example.com", Role.OWNER)
    enters(interview, ANA, "Ana & Cia", size="Small")
    sent = send(caio, path, f"{path}/export", kind="xlsx")
    with zipfile.ZipFile(io.BytesIO(sent.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Ana &amp; Cia" in sheet
    assert "Small" in sheet
    assert sent.headers["Content-Disposition"].endswith('.xlsx"')


def test_what_is_taken_out_is_all_of_one_moment(app, path, interview, monkeypatch):
    caio = people.signed_in(app, "caio@example.com", Role.OWNER)
    enters(interview, ANA, "Ana", size="Small")
    enters(interview, BRUNO, "Bruno", size="Large")
    whole, ana, names = together.lines, participant(ANA).id, map("Ana {}".format, count())

    def meanwhile(*asked):
        found = whole(*asked)
        with app.app_context():
            naming.call(user(BIA), ana, next(names))
        return found

    monkeypatch.setattr(answers, "PER_PART", 1)
    monkeypatch.setattr(together, "lines", meanwhile)
    text = send(caio, path, f"{path}/export", kind="csv").data.decode("utf-8-sig")
    assert [line.partition(",")[0] for line in text.splitlines()] == ["Name", "Bruno", "Ana 0"]


def test_who_is_no_owner_takes_nothing_out(bia, path, interview):
    enters(interview, ANA, "Ana", size="Small")
    assert "/export" not in bia.get(path).text
    assert participant(ANA).name == "Ana"
    assert send(bia, path, f"{path}/export").status_code == 403
