"""A line of the log: what it has, what it never holds, and where it goes."""

import io
import json
import logging
import sys
from contextlib import redirect_stderr, redirect_stdout

import click
import pytest
from click.testing import CliRunner

from config import SERVICE
from tests.support.logged import lines
from wa_assistant import logs
from wa_assistant.logs import masks
from wa_assistant.logs.lines import MOST_CHARACTERS

log = logs.get("wa_assistant.of_a_test")
PARTS = {"level", "message", "data", "timestamp", "service"}


@pytest.fixture(autouse=True)
def as_before():
    """The process's own log is put back as it was."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, {n: logging.getLogger(n).level for n in logs.OURS}
    yield
    root.handlers[:], root.level = kept[0], kept[1]
    for name, level in kept[2].items():
        logging.getLogger(name).setLevel(level)


def said(form: str, level: str = "INFO") -> list[str]:
    """What comes of a few lines, on stdout."""
    with redirect_stdout(io.StringIO()) as out:
        logs.set_up(level, form)
        log.debug("looked at")
        log.info("went well", count=3)
        logging.getLogger("of.a.library").info("SELECT what people wrote")
        logging.getLogger("of.a.library").warning("it is %s", "late")
    return out.getvalue().splitlines()


def test_each_line_is_an_object_with_the_same_parts():
    found = [json.loads(line) for line in said("json")]
    assert [each["message"] for each in found] == ["went well", "it is late"]
    assert all(each.keys() == PARTS for each in found)
    assert found[0]["data"] == {"logger": "wa_assistant.of_a_test", "count": 3}
    assert (found[0]["level"], found[0]["service"]) == ("info", SERVICE)
    assert found[0]["timestamp"].endswith("+00:00")


def test_text_says_the_same_for_people():
    went, late = said("text")
    assert "[info" in went
    assert "went well [wa_assistant.of_a_test] count=3" in went
    assert "it is late [of.a.library]" in late


def test_debug_is_of_ours_alone():
    told = [json.loads(line)["message"] for line in said("json", "DEBUG")]
    assert told == ["looked at", "went well", "it is late"]


def test_a_command_says_it_beside_its_answer():
    @click.command()
    def answer() -> None:
        log.warning("on the side")
        click.echo("42")

    logs.set_up("INFO", "auto")
    result = CliRunner().invoke(answer)
    assert result.stdout == "42\n"
    assert "on the side" in result.stderr


def test_where_it_goes_is_looked_up_for_each_line():
    logs.set_up("INFO", "json")
    for _ in range(2):
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as beside:
            log.warning("here")
        assert (out.getvalue().count("here"), beside.getvalue()) == (1, "")
    assert logging.getLogger().handlers.count(logging.getLogger().handlers[-1]) == 1


def test_an_exception_is_its_kinds_and_places(caplog):
    def reads(number: object) -> int:
        try:
            return {"": 0}["somebody wrote this"]
        except KeyError as error:
            raise ValueError(f"and that of {number}") from error

    try:
        reads(7)
    except ValueError:
        log.exception("broken", row=7)
    (told,) = lines(caplog)
    assert told["error"] == "ValueError"
    assert "\nKeyError\n" in told["stack"]
    assert "test_lines.py" in told["stack"]
    assert "somebody" not in str(told)
    assert "that" not in told["stack"]
    assert told["data"]["row"] == 7


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("from whatsapp:+5511987654321", "from whatsapp:•••21"),
        ("+55 11 98765-4321 called", "•••21 called"),
        ("+55 (11) 98765-4321.", "•••21."),
        ("(11) 98765-4321", "•••21"),
        ("11 98765-4321 and 11 3456-7890", "•••21 and •••90"),
        ("the number 5511987654321", "the number •••21"),
        ("+14155550123", "•••23"),
        ("BR.13491208655302741918 writes", "••• writes"),
        ("whatsapp:US.ENT.abcDEF123", "whatsapp:•••"),
        ("key sk-proj-abc_DEF-123456", "key •••"),
        ("Authorization: Bearer abc.def", "Authorization: •••"),
        ("at /sign-in/abcdefgh-1234", "at /sign-in/•••"),
        ("postgresql://bia:secret@db/x", "postgresql://•••@db/x"),
        ("gho_abcdefgh1234", "•••"),
    ],
)
def test_numbers_ids_and_tokens_are_masked(words, left):
    assert masks.masked(words) == left


@pytest.mark.parametrize(
    "words",
    [
        "2026-12-01T03:09:25.756+00:00",
        "took 1234 ms of 98765",
        "127.0.0.1:8000",
        "SM0123456789abcdef0123456789abcdef",
        "jobs/lanes.py:101",
        "structlog 26.1.0",
        "at 10:30, row 123456789",
    ],
)
def test_what_is_nobodys_stays(words):
    assert masks.masked(words) == words


def test_a_number_is_masked_also_where_it_is_one(caplog):
    log.warning("odd", who=5511987654321, at=1234567, way=["+5511987654321"])
    (told,) = lines(caplog)
    assert told["data"] == {
        "logger": "wa_assistant.of_a_test",
        "who": "•••21",
        "at": 1234567,
        "way": "['•••21']",
    }


def test_the_secrets_of_the_environment_stand_in_no_line(caplog, monkeypatch):
    monkeypatch.setattr(masks, "_secrets", set[str]())
    logs.set_up("INFO", "json", ["a-secret-of-ours", None, "short"])
    log.warning("refused a-secret-of-ours", by="short a-secret-of-ours")
    (told,) = [each for each in lines(caplog) if each["message"].startswith("refused")]
    assert (told["message"], told["data"]["by"]) == ("refused •••", "short •••")


def test_a_long_value_is_cut_and_a_stack_is_not(caplog):
    log.warning("long", words="x" * 10_000, stack="LookupError\n" + "y" * 10_000)
    (told,) = lines(caplog)
    assert len(told["data"]["words"]) == MOST_CHARACTERS + 1
    assert len(told["stack"]) > 10_000
    assert sys.getsizeof(told["error"]) < 100
