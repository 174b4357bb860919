"""Who did what to which thing, from where: written with the deed, or not at all."""

from contextlib import suppress

import pytest

from tests.cast import BIA, acting, only, rows
from wa_assistant import audit
from wa_assistant.database import transaction
from wa_assistant.models import Action, AuditEntry, Origin, Subject

pytestmark = pytest.mark.usefixtures("context")

PARTICIPANT = Subject.PARTICIPANT


def test_an_entry_tells_who_did_what_to_which_thing_from_where():
    was, is_ = {"taken_over_by": None}, {"taken_over_by": BIA}
    with transaction():
        audit.record(acting(BIA), Action.TOOK_OVER, PARTICIPANT, 17, before=was, after=is_)
    entry = only(AuditEntry)
    assert (entry.actor, entry.action, entry.origin) == (BIA, "took over", "dashboard")
    assert (entry.subject, entry.subject_id) == ("participant", "17")
    assert (entry.before, entry.after) == (was, is_)


def test_where_nobody_is_signed_in_the_origin_is_who_acts():
    with transaction():
        audit.record(Origin.COMMAND_LINE, Action.BEGAN_REINDEXING, Subject.KNOWLEDGE)
    entry = only(AuditEntry)
    assert (entry.actor, entry.origin) == ("command line", "command line")
    assert (entry.subject_id, entry.before, entry.after) == ("", None, None)


def test_what_was_not_done_is_not_written_down():
    with suppress(ZeroDivisionError), transaction():
        audit.record(acting(BIA), Action.TOOK_OVER, PARTICIPANT, 17)
        raise ZeroDivisionError
    assert rows(AuditEntry) == []


def test_outside_of_a_writing_unit_nothing_is_written_down():
    with pytest.raises(RuntimeError, match="writing unit"):
        audit.record(acting(BIA), Action.TOOK_OVER, PARTICIPANT, 17)


def test_the_latest_is_of_this_action_and_this_very_subject():
    assert audit.latest(Action.HANDED_BACK, PARTICIPANT, 1) is None
    with transaction():
        for number in (1, 2):
            after = {"time": number}
            audit.record(acting(BIA), Action.HANDED_BACK, PARTICIPANT, 1, after=after)
        audit.record(acting(BIA), Action.TOOK_OVER, PARTICIPANT, 1)
        audit.record(acting(BIA), Action.HANDED_BACK, PARTICIPANT, 11)
        audit.record(acting(BIA), Action.HANDED_BACK, Subject.JOURNEY, 1)
    found = audit.latest(Action.HANDED_BACK, PARTICIPANT, 1)
    assert found is not None
    assert found.after == {"time": 2}


def test_it_is_written_down_from_which_address_it_is_done(app):
    places = iter(["203.0.113.7", ""])
    audit.places_from(app, lambda: next(places))
    with transaction():
        audit.record(acting(BIA), Action.TOOK_OVER, PARTICIPANT, 17)
    with transaction():
        audit.record(acting(BIA), Action.HANDED_BACK, PARTICIPANT, 17)
    assert [entry.place for entry in rows(AuditEntry)] == ["203.0.113.7", ""]
