"""Participants have tags: words that are one however they are spelt."""

import pytest

from tests.cast import ANA, BIA, BRUNO, known, rows, together
from tests.journey.people import user
from wa_assistant.conversation import tags
from wa_assistant.database import db
from wa_assistant.models import Action, AuditEntry, ParticipantTag, Tag, User
from wa_assistant.settings.problem import Problem

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def names(participant_id: int) -> list[str]:
    return [each.name for each in tags.of([participant_id])[participant_id]]


def test_a_tag_is_made_by_giving_it_and_is_one_however_it_is_spelt(ana):
    bia, bruno = user(BIA), known(BRUNO)
    tags.add(bia, ana, "  Café  da manhã ")
    tags.add(bia, bruno, "CAFE DA MANHA")
    assert names(ana) == names(bruno) == ["Café da manhã"]
    assert [each.name for each in tags.all_tags()] == ["Café da manhã"]


def test_the_tags_of_many_are_read_at_once_by_name(ana):
    bia, bruno = user(BIA), known(BRUNO)
    for name in ("vip", "Ágil"):
        tags.add(bia, ana, name)
    found = tags.of([ana, bruno])
    assert [each.name for each in found[ana]] == ["Ágil", "vip"]
    assert found[bruno] == []


def test_a_tag_is_given_once_and_written_down_once_without_its_words(ana):
    bia = user(BIA)
    tag = tags.add(bia, ana, "VIP")
    tags.add(bia, ana, "vip")
    entries = rows(AuditEntry, AuditEntry.action == Action.CHANGED_TAGS)
    assert [each.after for each in entries] == [{"added": tag.id}]


def test_what_is_removed_is_offered_no_longer_and_can_be_given_again(ana):
    bia = user(BIA)
    tag = tags.add(bia, ana, "VIP").id
    assert tags.remove(bia, ana, tag)
    assert not tags.remove(bia, ana, tag)
    assert names(ana) == []
    assert list(tags.all_tags()) == []
    assert tags.add(bia, ana, "vip").id == tag


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", tags.EMPTY),
        ("  \u200b ", tags.EMPTY),
        ("x" * 300, tags.TOO_LONG),
        ("x" * 41, tags.TOO_LONG),
    ],
)
def test_what_is_no_tag_is_refused_and_nothing_is_kept(ana, name, words):
    with pytest.raises(Problem) as problem:
        tags.add(user(BIA), ana, name)
    assert problem.value.words is words
    assert not rows(Tag)


def test_nobody_has_tags_without_end(ana):
    bia = user(BIA)
    for number in range(tags.MOST_OF_ONE):
        tags.add(bia, ana, f"tag {number}")
    tags.add(bia, ana, "tag 0")
    with pytest.raises(Problem):
        tags.add(bia, ana, "one more")


def test_two_who_give_the_same_new_tag_at_once_give_one(app, ana):
    bia = user(BIA)
    bia_id = bia.id

    def give() -> None:
        tags.add(db.session.get_one(User, bia_id), ana, "VIP")

    together(app, give, give)
    assert len(rows(Tag)) == len(rows(ParticipantTag)) == 1
