"""A journey is changed in its draft, by one colleague at a time, and published whole."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import BIA, CAIO, only, rows, together
from wa_assistant.journey import drafts, versions
from wa_assistant.journey.checks import Problem
from wa_assistant.journey.definition import read
from wa_assistant.models import AuditEntry, Journey, JourneyVersion, VersionState

from .people import GOAL, INTRO, WEEK, content, draft, published, user

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia():
    return user(BIA)


@pytest.fixture
def caio():
    return user(CAIO)


def said() -> list[str]:
    return [each.action for each in rows(AuditEntry)]


def test_a_new_journey_is_a_draft_that_may_be_saved_as_it_is(bia):
    journey, version = drafts.create(bia, " Interview ", "pt")
    assert (journey.name, version.number, version.is_draft) == ("Interview", 1, True)
    assert [stage.name for stage in read(version.stages)] == ["Início"]
    assert only(AuditEntry).actor == BIA
    assert (only(AuditEntry).subject, only(AuditEntry).subject_id) == ("journey", str(journey.id))
    assert drafts.save(bia, version.id, 1, drafts.content_of(version)).revision == 1


def test_a_copy_has_all_but_the_name(bia):
    original = draft(bia, INTRO, WEEK, event_date=date(2026, 12, 5), consent="ask")
    _, copy = drafts.create(bia, "Another", "en", drafts.content_of(original))
    assert copy.stages == original.stages
    assert (copy.event_date, copy.consent) == (date(2026, 12, 5), "ask")
    assert copy.journey.name == "Another"


def test_what_is_saved_is_the_draft_and_counts_its_revisions(bia):
    version = draft(bia)
    saved = drafts.save(bia, version.id, 1, content(GOAL, INTRO, name="Renamed"))
    assert saved.revision == 2
    assert [stage.key for stage in read(saved.stages)] == ["goal", "intro"]
    assert only(Journey).name == "Renamed"
    assert rows(AuditEntry)[-1].after == {"fields": ["name", "stages"]}


def test_over_a_colleagues_newer_one_nothing_is_saved(bia, caio):
    version = draft(bia)
    drafts.save(caio, version.id, 1, content(GOAL))
    with pytest.raises(drafts.Stale) as raised:
        drafts.save(bia, version.id, 1, content(INTRO, name="Mine"))
    assert raised.value.who == "Caio"
    assert raised.value.is_draft
    assert [stage.key for stage in read(raised.value.newer.stages)] == ["goal"]
    assert only(Journey).name == "Interview"
    assert only(JourneyVersion).revision == 2


def test_of_two_who_save_at_once_one_is_told_of_the_other(app, bia, caio):
    version_id = draft(bia).id

    def save(email: str, *stages) -> bool:
        try:
            drafts.save(user(email), version_id, 1, content(*stages))
        except drafts.Stale:
            return False
        return True

    assert sorted(together(app, lambda: save(BIA, INTRO), lambda: save(CAIO, GOAL))) == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"stages": [INTRO, INTRO]}, {"stages.1.key": Problem.TWICE}),
        ({"stages": []}, {"stages": Problem.NO_STAGE}),
        ({"name": " "}, {"name": Problem.MISSING}),
        ({"name": "x" * 121}, {"name": Problem.TOO_LONG}),
        ({"name": "x\x00"}, {"name": Problem.NOT_KEPT}),
        ({"event_date": date.max}, {"event_date": Problem.FAR_DATE}),
        ({"language": "fr"}, {"language": Problem.MISSING}),
        ({"consent": "never"}, {"consent": Problem.MISSING}),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_half_saved(bia, wrong, found):
    version = draft(bia)
    with pytest.raises(drafts.Refused) as raised:
        drafts.save(bia, version.id, 1, replace(content(GOAL), **wrong))
    assert raised.value.problems == found
    assert only(JourneyVersion).revision == 1
    assert [stage.key for stage in read(only(JourneyVersion).stages)] == ["intro", "goal"]


def test_what_is_published_never_changes(bia, caio):
    version = published(bia)
    assert (version.state, version.published_by_id) == (VersionState.PUBLISHED, bia.id)
    assert version.published_at
    for verb in (drafts.publish, drafts.discard):
        with pytest.raises(drafts.Stale) as raised:
            verb(caio, version.id, 1)
        assert not raised.value.is_draft
        assert raised.value.who == "Bia"
    with pytest.raises(drafts.Stale):
        drafts.save(caio, version.id, 1, content(GOAL))


def test_publishing_needs_the_date_of_an_event_that_is_spoken_of(bia):
    version = draft(bia, INTRO, WEEK)
    with pytest.raises(drafts.Refused) as raised:
        drafts.publish(bia, version.id, 1)
    assert raised.value.problems == {"event_date": Problem.NO_EVENT_DATE}
    assert only(JourneyVersion).is_draft


def test_a_colleagues_newer_draft_is_not_published_unseen(bia, caio):
    version = draft(bia)
    drafts.save(caio, version.id, 1, content(GOAL))
    with pytest.raises(drafts.Stale):
        drafts.publish(bia, version.id, 1)
    assert only(JourneyVersion).is_draft
    assert drafts.publish(bia, version.id, 2).published_at


def test_a_draft_begun_meanwhile_is_not_taken_for_the_one_that_was_seen(bia, caio):
    first = published(bia, INTRO)
    seen = drafts.start_draft(bia, first.journey_id)
    seen = drafts.save(bia, seen.id, seen.revision, content(GOAL))
    drafts.publish(caio, seen.id, seen.revision)
    theirs = drafts.start_draft(caio, first.journey_id)
    assert theirs.revision > seen.revision
    with pytest.raises(drafts.Stale):
        drafts.publish(bia, theirs.id, seen.revision)
    drafts.discard(caio, theirs.id, theirs.revision)
    again = drafts.start_draft(caio, first.journey_id)
    assert again.revision > theirs.revision


def test_a_draft_begins_as_what_is_published_and_there_is_one_at_most(app, bia):
    first = published(bia, INTRO)
    second = drafts.start_draft(bia, first.journey_id)
    assert (second.number, second.stages) == (2, first.stages)
    together(app, *[lambda: drafts.start_draft(user(BIA), first.journey_id)] * 3)
    assert [each.number for each in rows(JourneyVersion)] == [1, 2]
    assert said() == ["created", "published a draft", "began a draft"]


def test_a_discarded_draft_is_listed_no_more_and_its_number_is_not_used_again(bia):
    first = published(bia, INTRO)
    second = drafts.start_draft(bia, first.journey_id)
    drafts.discard(bia, second.id, second.revision)
    assert [each.number for each in versions.versions(first.journey_id)] == [1]
    third = drafts.start_draft(bia, first.journey_id)
    assert (third.number, third.stages) == (3, first.stages)


def test_the_list_has_what_is_published_and_what_is_drafted(bia):
    first = published(bia, INTRO, name="b")
    drafts.start_draft(bia, first.journey_id)
    gone = draft(bia, GOAL, name="A")
    assert [row.journey.name for row in versions.listing()] == ["A", "b"]
    row = versions.listing()[1]
    assert row.published
    assert row.draft
    assert (row.published.number, row.draft.number, row.under_way) == (1, 2, 0)
    drafts.discard(bia, gone.id, gone.revision)
    assert [row.journey.name for row in versions.listing()] == ["b"]
