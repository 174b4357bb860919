"""What is installed is what is locked, to the byte, and the locks tell nothing of where they were
made."""

import re

import pytest

from .source import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9_.-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE | re.IGNORECASE)
LOCKED = re.compile(r"^\S+==\S.*(?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)+$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text()


def pins(name: str) -> dict[str, str]:
    """Each package of a file with its version."""
    return {package.lower(): version for package, version in PIN.findall(read(name))}


@pytest.mark.parametrize("asked", ["requirements.in", "requirements-dev.in"])
def test_what_we_ask_for_is_pinned_and_locked(asked):
    lines = [line for line in read(asked).splitlines() if line and line[0] not in "#-"]
    assert len(lines) == len(pins(asked))
    locked = pins(asked.replace(".in", ".txt"))
    assert pins(asked).items() <= locked.items(), "make lock-dependencies"


def test_tests_run_with_what_production_runs_with():
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items(), "make lock-dependencies"


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_has_its_hashes_and_no_place_is_named(lock):
    # A package may stand there twice, once for each Python that asks for another version.
    assert len(LOCKED.findall(read(lock))) == len(PIN.findall(read(lock))) > 0
    assert "://" not in read(lock)
    assert not re.search(r"(?<![a-z])/[a-z]+/", read(lock))
    assert "--" not in read(lock).replace("--hash=sha256:", "")
