"""Passages whose words an older version laid out are found all the while, and laid out anew."""

import pytest

from tests.knowledge import stock
from wa_assistant.database import db, transaction
from wa_assistant.knowledge.search import deactivate, index, layout, search
from wa_assistant.models import Document, Passage, Term
from wa_assistant.operations import sweeper

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]


@pytest.fixture
def older():
    """Passages that know neither a plural nor their document's name, and are not marked."""
    stock.document("quartos.txt", "Os móveis são novos.", "Papéis e canetas são de graça.")
    with transaction():
        passages = db.session.query(Passage).all()
        index.take(passages)
        for each, words in zip(passages, ("moveis novos", "papeis canetas graca"), strict=True):
            each.stems, each.length, each.layout = words, len(words.split()), 0
        db.session.flush()
        index.put(passages)


def found(query: str) -> int:
    return len(search(query))


def test_they_are_found_before_and_better_afterwards(older):
    assert layout.is_layout_outdated()
    assert (found("moveis"), found("papel"), found("quartos")) == (1, 0, 0)
    assert layout.lay_out(float("inf"))
    assert not layout.is_layout_outdated()
    assert (found("moveis"), found("papel"), found("quartos")) == (1, 1, 2)


def test_the_index_forgets_what_was_laid_out_anew_as_a_whole(older):
    layout.lay_out(float("inf"))
    with transaction():
        deactivate([each.id for each in db.session.query(Document)])
    assert db.session.query(Term).filter(Term.passages != 0).count() == 0
    assert (found("moveis"), found("papel"), found("quartos")) == (0, 0, 0)


def test_it_goes_on_where_it_was_left(older, monkeypatch):
    monkeypatch.setattr(layout, "SOME", 1)
    assert not layout.lay_out(float("-inf"))
    assert layout.is_layout_outdated()
    layout.lay_out(float("inf"))
    assert not layout.is_layout_outdated()


def test_the_sweeper_has_it_done(older, work):
    sweeper.sweep()
    assert "jobs.imports.lay_out" in work()
    assert not layout.is_layout_outdated()


def test_the_shell_does_it_without_a_key(app, older):
    result = app.test_cli_runner().invoke(args=["knowledge", "reindex"])
    assert result.exit_code == 0, result.output
    assert not layout.is_layout_outdated()
