"""Documents are replaced while others search: there is no moment in which neither is found."""

import fcntl
import threading
from contextlib import contextmanager

import pytest

from tests.cast import at_once, only
from wa_assistant.database import db
from wa_assistant.knowledge import prepare
from wa_assistant.knowledge.search import fusion, vector_file, words
from wa_assistant.models import VectorSet

from .papers import HOURS, WITHOUT_A_KEY, upload

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(**WITHOUT_A_KEY)


def texts(query: str) -> list[str]:
    return [each.text for each in fusion.search(query)]


@without_a_key
@pytest.mark.parametrize(("module", "step"), [(words, "_load"), (fusion, "_results")])
def test_a_switch_between_two_statements_of_a_search_hides_nothing(
    app, work, monkeypatch, module, step
):
    upload()
    work()
    replaced = upload(text=HOURS + "\n\nE mais.").id
    real = getattr(module, step)

    def switched_before(*arguments):
        monkeypatch.setattr(module, step, real)
        with at_once(app) as start:
            start(prepare.process, replaced).result()
        return real(*arguments)

    monkeypatch.setattr(module, step, switched_before)
    assert texts("secretaria oito horas") == ["A secretaria abre às oito horas e fecha às dezoito."]
    assert texts("secretaria oito horas")[0].endswith("E mais.")


@without_a_key
def test_who_searches_all_the_time_always_finds(app, work):
    upload()
    work()
    ended = threading.Event()

    def look() -> list[int]:
        found = []
        while not ended.is_set():
            found.append(len(texts("secretaria horas")))
        return found

    with at_once(app) as start:
        looked = start(look)
        for number in range(10):
            upload(text=f"{HOURS}\n\nVez {number}.")
            work()
        ended.set()
    assert set(looked.result()) == {1}


def test_a_search_holds_no_transaction_when_it_is_through(work):
    upload()
    work()
    texts("secretaria")
    assert not db.session().in_transaction()


def test_what_came_and_went_is_known_while_another_renews_the_file(work, app):
    upload("preco.md", "Precificacao especial numero um")
    upload("outro.md", "Entregamos paes e bolos no bairro.")
    work()
    before = texts("precifixo")
    assert before[0] == "Precificacao especial numero um"
    with _being_renewed(app):
        upload("preco.md", "Precificacao especial numero dois")
        work()
        assert texts("precifixo")[0] == "Precificacao especial numero dois"
        assert len(texts("precifixo")) == len(before)
    assert texts("precifixo")[0] == "Precificacao especial numero dois"


@pytest.mark.parametrize("database", ["sqlite"])  # pgvector needs no file
def test_a_file_that_is_newer_than_what_is_read_is_not_made_older(work, app, monkeypatch):
    upload("preco.md", "Precificacao especial numero um")
    work()
    replaced = upload("preco.md", "Precificacao especial numero dois").id
    real = vector_file.nearest

    def with_a_newer_file(*arguments):
        monkeypatch.setattr(vector_file, "nearest", real)
        with at_once(app) as start:
            start(prepare.process, replaced).result()
            start(texts, "precifixo").result()
        return real(*arguments)

    monkeypatch.setattr(vector_file, "nearest", with_a_newer_file)
    assert texts("precifixo") == ["Precificacao especial numero um"]
    file = vector_file._open(vector_file._path(only(VectorSet)))
    assert file
    assert file.key == vector_file._key(only(VectorSet))


@contextmanager
def _being_renewed(app):
    folder = app.config["DATA_DIR"] / "vectors"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
