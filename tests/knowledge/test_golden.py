"""The golden set: what the search should find, and whether it got worse at it."""

import pytest

from tests.cast import acting, only, rows
from wa_assistant.database import db, transaction
from wa_assistant.knowledge import documents, golden
from wa_assistant.models import AuditEntry, Document, GoldenQuestion, Measurement
from wa_assistant.operations import dead_letters, sweeper
from wa_assistant.work import claims, policies

from . import stock

EVA = "eva@example.com"
pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]


def ranks() -> dict[str, tuple[int | None, int | None]]:
    return {each.question: (each.rank_before, each.rank) for each in golden.everything()}


@pytest.fixture
def measure(work):
    """Have the set measured by a worker."""

    def measured() -> Measurement:
        asked = golden.request(acting(EVA))
        assert asked
        work()
        last, _ = golden.results()
        assert last
        assert last.id == asked.id
        return last

    return measured


@pytest.fixture
def bury():
    """A measurement that became a dead letter; its id."""

    def buried() -> int:
        golden.add(acting(EVA), "Quanto custa?", "prices.md")
        asked = golden.request(acting(EVA))
        assert asked
        with transaction():
            claims.bury(golden.MEASUREMENTS, db.session.get_one(Measurement, asked.id))
        return asked.id

    return buried


def test_a_question_is_in_the_set_once():
    golden.add(acting(EVA), "Quando  abre?", "a.txt")
    golden.add(acting(EVA), "Quando abre?", "b.txt")
    assert [each.document for each in rows(GoldenQuestion)] == ["b.txt"]
    assert [each.actor for each in rows(AuditEntry)] == [EVA, EVA]


def test_before_it_is_measured_there_is_no_result():
    assert golden.request(acting(EVA)) is None
    golden.add(acting(EVA), "Quando abre?", "a.txt")
    assert golden.results() == (None, None)
    (only_one,) = golden.everything()
    assert not only_one.measured
    assert not only_one.got_worse


def test_ranks_are_kept_beside_those_before(measure):
    stock.document("padaria.txt", "A padaria abre às seis.")
    golden.add(acting(EVA), "Quando a padaria abre?", "padaria.txt")
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    first = measure()
    assert (first.recall_1, first.recall_5, first.mrr, first.questions) == (0.5, 0.5, 0.5, 2)
    assert first.milliseconds > 0
    assert ranks() == {"Quando a padaria abre?": (None, 1), "Tem bolo?": (None, None)}
    second = measure()
    assert golden.results() == (second, first)
    assert ranks()["Quando a padaria abre?"] == (1, 1)


def test_what_got_worse_comes_first(measure):
    stock.document("padaria.txt", "A padaria abre às seis.")
    stock.document("bolos.txt", "Temos bolo de milho.")
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    golden.add(acting(EVA), "A padaria abre?", "padaria.txt")
    measure()
    gone = next(each for each in rows(Document) if each.name == "padaria.txt")
    documents.delete(acting(EVA), gone.id)
    measure()
    first, second = golden.everything()
    assert (first.question, first.got_worse) == ("A padaria abre?", True)
    assert (second.rank, second.got_worse) == (1, False)


def test_with_another_document_a_question_begins_anew(measure):
    stock.document("padaria.txt", "A padaria abre às seis.")
    golden.add(acting(EVA), "A padaria abre?", "padaria.txt")
    measure()
    golden.add(acting(EVA), "A padaria abre?", "bolos.txt")
    (found,) = golden.everything()
    assert (found.document, found.measured, found.rank) == ("bolos.txt", False, None)


def test_who_asks_while_it_is_measured_gets_the_same(work):
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    first, second = golden.request(acting(EVA)), golden.request(acting("bia@example.com"))
    assert first
    assert second
    assert first.id == second.id
    work()
    assert only(Measurement).finished_at


def test_a_measurement_whose_bell_was_lost_is_done_all_the_same(work, valkey):
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    asked = golden.request(acting(EVA))
    assert asked
    valkey.redis.flushall()
    sweeper.sweep()
    assert work.waiting() == [], "its own bell may be heard yet"
    work.pass_time(policies.MEASUREMENT.grace + 1)
    sweeper.sweep()
    work()
    assert golden.under_way() is None
    assert golden.results()[0]


def test_one_whose_workers_die_is_given_up(work):
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    asked = golden.request(acting(EVA))
    assert asked
    for _ in range(policies.MEASUREMENT.most_faults):
        assert claims.take(golden.MEASUREMENTS, asked.id)
        work.pass_time(policies.MEASUREMENT.lease + 1)
    assert golden.under_way()
    work()
    assert golden.under_way() is None
    assert golden.results() == (None, None)


@pytest.mark.parametrize("other", [True, False])
def test_one_that_is_replayed_while_another_measures_goes(bury, other):
    buried = bury()
    if other:
        golden.request(acting(EVA))
    assert dead_letters.replay(golden.MEASUREMENTS, buried, acting(EVA))
    assert len(rows(Measurement, *golden.MEASUREMENTS.left)) == 1
    assert (buried in [each.id for each in rows(Measurement)]) is not other


def test_what_is_taken_out_is_gone():
    found = golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    assert golden.remove(acting(EVA), found.id)
    assert not golden.remove(acting(EVA), found.id)
    assert golden.everything() == []
