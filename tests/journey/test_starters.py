"""The journeys that come with the product."""

from datetime import date

import pytest

from tests.cast import ANA, BRUNO, only, participant, rows, write
from wa_assistant.database import db, transaction
from wa_assistant.journey import progress, starters
from wa_assistant.journey.checks import problems, publishing_problems
from wa_assistant.journey.definition import read
from wa_assistant.models import ConsentMode, Journey, JourneyVersion, Participant, VersionState
from wa_assistant.models.answer import Kind
from wa_assistant.understanding import commands
from wa_assistant.understanding.commands import Command

SUPPORT, EVENT = starters.STARTERS


@pytest.mark.parametrize("starter", starters.STARTERS, ids=lambda starter: starter.key)
def test_both_languages_say_the_same_in_sound_stages(starter):
    portuguese, english = starter.stages["pt"], starter.stages["en"]
    for stages in (portuguese, english):
        assert publishing_problems(stages, date(2026, 12, 5)) == {}
    for ours, theirs in zip(portuguese, english, strict=True):
        assert ours.begins == theirs.begins
        shapes = [
            [(each.kind, each.required, len(each.options)) for each in stage.answers]
            for stage in (ours, theirs)
        ]
        assert shapes[0] == shapes[1]
        assert all(each.hint for each in (*ours.answers, *theirs.answers))


def test_the_event_interview_has_eight_stages_and_needs_its_date():
    stages = EVENT.stages["pt"]
    assert [stage.key for stage in stages] == [
        *("intro", "career-moment", "expectations", "main-goal", "closing"),
        *("day-after", "week-after", "month-after"),
    ]
    assert problems(stages) == {}
    assert list(publishing_problems(stages, None)) == ["event_date"]


@pytest.mark.parametrize(("language", "word"), [("pt", "SAIR"), ("en", "STOP")])
def test_the_interview_s_closing_asks_for_no_leave_but_says_how_to_end_it(language, word):
    closing = next(stage for stage in EVENT.stages[language] if stage.key == "closing")
    assert word in closing.opening
    assert commands.command(word) == Command.STOP
    (message,) = closing.answers
    assert (message.kind, message.required) == (Kind.TEXT, False)


@pytest.mark.usefixtures("context")
def test_they_are_put_there_once_whatever_became_of_them():
    names = ["Atendimento", "Support desk", "Entrevista de evento", "Event interview"]
    assert starters.install() == names
    with transaction():
        db.session.get_one(Journey, rows(Journey)[0].id).name = "Ajuda"
    assert starters.install() == []
    assert [journey.name for journey in rows(Journey)] == ["Ajuda", *names[1:]]


@pytest.mark.usefixtures("context")
def test_until_an_owner_chooses_newcomers_enter_the_support_desk_which_notifies():
    starters.install()
    for language, name in (("pt", "Atendimento"), ("en", "Support desk")):
        version = progress.newcomers(language)
        assert version is not None
        assert (version.journey.name, version.language) == (name, language)
        assert version.consent == ConsentMode.NOTIFY
    for draft in rows(JourneyVersion, JourneyVersion.state == "draft"):
        assert draft.consent == ConsentMode.ASK
        assert len(read(draft.stages)) == 8


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("sender", "words", "language"),
    [
        (ANA, "Hello, what time do you open tomorrow?", "pt"),
        ("whatsapp:+351912345678", "Bom dia", "pt"),
        ("whatsapp:ana.souza", "Hi there", "pt"),
        (BRUNO, "Hello, what time do you open tomorrow?", "en"),
        (BRUNO, "Bom dia, que horas vocês abrem amanhã?", "pt"),
        (BRUNO, "123", "en"),
    ],
)
def test_a_newcomer_enters_the_support_desk_in_their_language(sender, words, language):
    starters.install()
    write(sender, words)
    entered = only(Participant).journey_version_id
    assert only(JourneyVersion, JourneyVersion.id == entered).language == language


@pytest.mark.usefixtures("context")
def test_where_theirs_is_gone_they_enter_the_other_language_s_desk():
    starters.install()
    with transaction():
        desk = db.session.query(Journey).filter_by(starter="support-desk:en").one()
        version = db.session.query(JourneyVersion).filter_by(journey_id=desk.id).one()
        version.state = VersionState.DISCARDED
    found = progress.newcomers("en")
    assert found is not None
    assert found.language == "pt"


@pytest.mark.usefixtures("context")
def test_who_wrote_before_there_was_a_journey_enters_one_with_their_next_message():
    write(ANA, "Oi")
    assert participant(ANA).journey_version_id is None
    starters.install()
    write(ANA, "Alguém?")
    desk = progress.newcomers("pt")
    assert desk is not None
    assert participant(ANA).journey_version_id == desk.id
