"""A colleague is put out while they, or others, are at work in their conversations: nobody fails.

The one who puts them out is held up with their locks of users, and before those of participants; on
SQLite all who write take turns anyway.
"""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import ANA, BIA, BRUNO, CAIO, at_once, come, known, only, participant, rows, write
from tests.journey.people import GOAL, INTRO, published
from tests.support.eventually import eventually
from tests.support.locks import waiting
from wa_assistant.accounts import sectors, team, users
from wa_assistant.conversation import (
    aids,
    attention,
    blocking,
    consents,
    leaving,
    notes,
    status,
    tags,
    takeover,
)
from wa_assistant.database import db, transaction
from wa_assistant.journey import answers
from wa_assistant.models import (
    AidKind,
    Answer,
    Consent,
    ConsentEvent,
    ConsentSource,
    Note,
    Participant,
    Purpose,
    Role,
    Sector,
    Session,
    User,
)
from wa_assistant.operations import bulk, bulk_undo, merge

pytestmark = pytest.mark.usefixtures("context")
MARCH = datetime(2026, 3, 5, 15, tzinfo=UTC)
Verb = Callable[[User, int], Any]


@pytest.fixture(params=["postgres"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ana(bia: User) -> int:
    """Whom Bia holds, in a journey, with a note of Bia's and an answer."""
    write(ANA)
    who = participant(ANA).id
    version = published(bia, INTRO, GOAL)
    with transaction():
        db.session.get_one(Participant, who).journey_version_id = version.id
    answers.correct(bia, who, "intro", "role", "engineer")
    with transaction():
        only_answer = db.session.scalars(select(Answer)).one()
        only_answer.confirmed_at = None
    notes.write(who, bia, "A note", "first-key")
    takeover.take_over(who, bia)
    attention.assign(who, bia, bia.id)
    return int(who)


@pytest.fixture
def bia() -> Any:
    come(CAIO, Role.OWNER)
    return come(BIA, Role.EDITOR).user


def of(email: str) -> Any:
    return only(User, User.email == email)


def while_she_is_put_out(app: Flask, do: Callable[[], Any], ends: Any = None) -> Any:
    """What `do` gives, begun between the locks of whoever puts Bia out; `ends`: how many
    conversations they then pass on."""
    bia_id = of(BIA).id
    with at_once(app) as start:
        with transaction():
            db.session.scalars(select(Session).with_for_update()).all()
            gone = start(lambda: leaving.leave(bia_id, None, of(CAIO)))
            eventually(lambda: waiting() == 1)
            done: Future[Any] = start(do)
            eventually(lambda: done.done() or waiting() == 2)
        passed_on = gone.result(20)
        found = done.result(20)
    assert ends is None or passed_on == ends
    assert not of(BIA).active
    return found


def note(actor: User, who: int) -> None:
    notes.write(who, actor, "Another", "second-key")


def note_that_names(actor: User, who: int) -> None:
    notes.write(who, of(CAIO), "@bia, look", "second-key")


def edit(actor: User, who: int) -> None:
    mine = only(Note)
    notes.edit(mine.id, actor, "Other words for @caio", mine.revision)


def summary(actor: User, who: int) -> None:
    aids.ask(actor, who, AidKind.SUMMARY, "en")


def consent(actor: User, who: int) -> None:
    how = (ConsentSource.BY_HAND, MARCH, "A form")
    consents.record_by_hand(actor, who, Purpose.MARKETING, Consent.GIVEN, *how)


def correct(actor: User, who: int) -> None:
    answers.correct(actor, who, "intro", "role", "designer")


def confirm(actor: User, who: int) -> None:
    answers.confirm(actor, only(Answer).id)


def tag(actor: User, who: int) -> None:
    tags.add(actor, who, "VIP")


def block(actor: User, who: int) -> None:
    blocking.block(actor, who)


VERBS: tuple[Verb, ...] = (
    note,
    note_that_names,
    edit,
    summary,
    consent,
    correct,
    confirm,
    tag,
    block,
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_what_they_are_writing_is_kept_and_their_conversation_passed_on(app, ana, verb):
    while_she_is_put_out(app, lambda: verb(of(BIA), ana), ends=1)
    assert (participant(ANA).assigned_to_id, participant(ANA).taken_over_by_id) == (None, None)


def test_what_is_written_names_who_wrote_it(app, ana):
    while_she_is_put_out(app, lambda: [verb(of(BIA), ana) for verb in (note, consent, correct)])
    bia_id = of(BIA).id
    assert [each.user_id for each in rows(Note)] == [bia_id, bia_id]
    assert [each.user_id for each in rows(ConsentEvent, ConsentEvent.user_id.is_not(None))]
    assert rows(Answer)[-1].user_id == bia_id


@pytest.mark.parametrize("goes_first", [True, False])
def test_of_two_who_are_merged_nobody_is_left_with_who_has_gone(app, ana, goes_first):
    bruno = known(BRUNO)
    pair = (bruno, ana) if goes_first else (ana, bruno)
    while_she_is_put_out(app, lambda: merge.merge(of(CAIO), *pair))
    stays = only(Participant)
    assert (stays.assigned_to_id, stays.taken_over_by_id) == (None, None)


def test_who_is_given_one_of_the_two_meanwhile_is_not_forgotten(app, ana):
    """Between the look at who holds them and the locks of the two."""
    bruno, caio_id = known(BRUNO), of(CAIO).id
    with at_once(app) as start:
        with transaction():
            locked = select(Participant).where(Participant.id == ana).with_for_update()
            held = db.session.scalars(locked).one()
            merging: Future[Any] = start(lambda: merge.merge(of(CAIO), bruno, ana))
            eventually(lambda: waiting() == 1)
            held.assigned_to_id = caio_id
        with pytest.raises(merge.RefusedError) as refused:
            merging.result(20)
    assert refused.value.words is merge.CHANGED
    assert len(rows(Participant)) == 2


def test_an_act_for_many_of_theirs_is_taken_back_without_a_failure(app, ana):
    caio = of(CAIO)
    outcome = bulk.do(caio, [ana], bulk.BulkAct.DONE)
    while_she_is_put_out(app, lambda: bulk_undo.undo(of(CAIO), outcome.key))
    assert participant(ANA).assigned_to_id is None


def test_what_is_done_is_taken_back_without_a_failure(app, ana):
    status.done(ana, of(CAIO), None)
    while_she_is_put_out(app, lambda: status.take_back(ana, of(CAIO)))
    assert (participant(ANA).assigned_to_id, participant(ANA).taken_over_by_id) == (None, None)


def test_two_whom_many_look_at_are_locked_in_one_order(app, bia):
    """The one who acts has the larger id than who they change: others come from below."""
    come("dora@example.com", Role.OWNER)
    with at_once(app) as start:
        with transaction():
            users.share(User.email == BIA)
            changing: Future[Any] = start(rename, "Bia Reis")
            eventually(lambda: waiting() == 1)
            users.share(User.email == "dora@example.com")
        changing.result(20)
    assert of(BIA).name == "Bia Reis"


def rename(name: str) -> None:
    bia = of(BIA)
    team.change(bia.id, {"name": name}, team.held(bia), of("dora@example.com"))


def test_a_sector_is_removed_while_one_of_its_people_writes(app, ana):
    sectors.add("Sales", of(CAIO))
    sector = sectors.everything()[0].id
    with transaction():
        of_bia = db.session.scalars(select(User).where(User.email == BIA)).one()
        of_bia.sector_id = sector
    with at_once(app) as start:
        with transaction():
            db.session.scalars(select(Sector).with_for_update(read=True)).all()
            removing: Future[Any] = start(lambda: sectors.remove(sector, of(CAIO)))
            eventually(lambda: waiting() == 1)
            start(lambda: note(of(BIA), ana)).result(10)
        removing.result(20)
    assert of(BIA).sector_id is None
    assert len(rows(Note)) == 2
