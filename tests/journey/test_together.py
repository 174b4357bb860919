"""The answers of all who are in a version, and what was answered to each question."""

from decimal import Decimal

import pytest

from tests.cast import ANA, BRUNO, known, participant
from wa_assistant.conversation import tags
from wa_assistant.database import db, transaction
from wa_assistant.journey import answers, placing, together
from wa_assistant.journey.definition import Question, Stage
from wa_assistant.journey.together import Wanted
from wa_assistant.models import Answer, JourneyVersion, Participant
from wa_assistant.models.answer import Kind

from .under_way import journey, moved

pytestmark = pytest.mark.usefixtures("context")

AREA = Question("area", Kind.CHOICE, options=("Design", "Produto"))
YEARS = Question("years", Kind.NUMBER)
STORY = Question("story", required=True)
FIRST = Stage("first", "First", answers=(AREA, YEARS))
SECOND = Stage("second", "Second", answers=(STORY,))
CARLA = "whatsapp:+5511900000003"


@pytest.fixture
def version(context):
    return db.session.get_one(JourneyVersion, journey([FIRST, SECOND]))


def enters(version, address, stage="first", **said):
    who = known(address)
    moved(who, journey_version_id=version.id, stage=stage)
    for name, values in said.items():
        for value in values if isinstance(values, list) else [values]:
            says(version, who, name, value)
    return who


def says(version, who, name, value, **more):
    stage, kind = ("second", "text") if name == "story" else ("first", None)
    kind = kind or ("choice" if name == "area" else "number")
    with transaction():
        answer = Answer(participant_id=who, version_id=version.id, stage=stage, name=name)
        answer.kind, answer.value, answer.source, answer.quote = kind, value, "model", value
        for key, each in more.items():
            setattr(answer, key, each)
        db.session.add(answer)


def table(version, **wanted):
    found = together.lines(version, Wanted(**wanted), 10)
    return {
        line.participant.address: {n: cell.answer.value for n, cell in line.cells.items()}
        for line in found
    }


def test_each_has_the_newest_answer_to_each_question(version):
    enters(version, ANA, area=["Design", "Produto"], years="3")
    enters(version, BRUNO, story="Foi bom")
    assert table(version) == {ANA: {0: "Produto", 1: "3"}, BRUNO: {2: "Foi bom"}}


def test_who_is_pretended_or_elsewhere_is_left_out(version):
    ivo = enters(version, "simulated:+5511900000009", area="Design")
    moved(ivo, simulated=True)
    moved(enters(version, ANA, area="Design"), journey_version_id=None)
    assert table(version) == {}
    assert together.summaries(version, Wanted())[0].number == 0


def test_two_values_for_one_thing_are_marked_until_somebody_says_which(bia, version):
    ana = enters(version, ANA, area=["Design", "Produto", "Design"], years=["3", "3"])
    (line,) = together.lines(version, Wanted(), 10)
    assert [each.value for each in line.cells[0].before] == ["Produto"]
    assert (line.cells[1].before, line.cells[0].is_verified) == ([], False)
    answers.confirm(bia, line.cells[0].answer.id)
    (line,) = together.lines(version, Wanted(), 10)
    assert (line.cells[0].before, line.cells[0].is_verified) == ([], True)
    answers.correct(bia, ana, "first", "years", "4")
    (line,) = together.lines(version, Wanted(), 10)
    assert (line.cells[1].before, line.cells[1].is_verified) == ([], True)


def test_what_was_answered_before_beginning_anew_counts_no_more(bia, version):
    enters(version, ANA, area="Design")
    placing.restart(bia, participant(ANA).id)
    assert table(version) == {ANA: {}}
    assert together.summaries(version, Wanted())[0].number == 0


def test_what_was_answered_in_an_older_version_counts(version):
    with transaction():
        newer = JourneyVersion(
            journey_id=version.journey_id,
            number=2,
            state="published",
            language="pt",
            stages=version.stages,
        )
        db.session.add(newer)
    ana = enters(version, ANA, area="Design")
    moved(ana, journey_version_id=newer.id)
    assert table(newer) == {ANA: {0: "Design"}}
    assert together.summaries(newer, Wanted())[0].values == {"Design": 1}


def test_they_are_filtered_by_stage_tag_and_answers(bia, version):
    ana = enters(version, ANA, area="Design", years="3")
    enters(version, BRUNO, stage="second", area=["Design", "Produto"])
    waits = enters(version, CARLA, stage=None)
    moved(waits, next_stage="second")
    area, years, _ = together.columns(version)
    assert set(table(version, stage="second")) == {BRUNO, CARLA}
    assert set(table(version, has=area)) == {ANA, BRUNO}
    assert set(table(version, lacks=years)) == {BRUNO, CARLA}
    assert set(table(version, question=area, value="Design")) == {ANA}
    tag = tags.add(bia, ana, "alunos")
    assert set(table(version, tag=tag.id)) == {ANA}
    assert together.count(version, Wanted(has=area), 10) == 2


def test_pages_go_on_where_the_last_one_ended(version):
    first = [enters(version, f"whatsapp:+55119000010{n}") for n in range(10, 15)]
    page = together.lines(version, Wanted(), 2)
    rest = together.lines(version, Wanted(), 10, before=page[-1].participant.id)
    assert [each.participant.id for each in (*page, *rest)] == first[::-1]


def test_numbers_are_told_by_least_most_and_median(version):
    for number, years in enumerate(("10", "2", "2.5", "30")):
        enters(version, f"whatsapp:+551190000200{number}", years=years)
    summary = together.summaries(version, Wanted())[1]
    assert [str(each) for each, _ in summary.numbers()] == ["2", "2.5", "10", "30"]
    assert (summary.number, summary.median) == (4, Decimal("6.25"))


def test_choices_are_counted_and_what_is_verified_too(bia, version):
    for number in range(3):
        who = enters(version, f"whatsapp:+551190000300{number}", area="Design", story="Era")
    answers.confirm(
        bia, db.session.query(Answer).filter_by(participant_id=who, name="area").one().id
    )
    area, years, story = together.summaries(version, Wanted())
    assert (area.values, area.number, area.verified) == ({"Design": 3}, 3, 1)
    assert (years.number, years.median) == (0, None)
    assert (story.number, dict(story.values)) == (3, {"": 3})


def test_a_number_that_is_none_is_counted_and_not_reckoned_with(version):
    enters(version, ANA, years="muitos")
    summary = together.summaries(version, Wanted())[1]
    assert (summary.number, summary.numbers(), summary.median) == (1, [], None)
    assert db.session.get_one(Participant, participant(ANA).id)
