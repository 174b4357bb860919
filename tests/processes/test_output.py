"""Output that cannot be written stops nobody."""

import subprocess
from pathlib import Path

import pytest

from tests.support import processes

FULL = Path("/dev/full")
TALKATIVE = """
import logging, sys
from deploy import output
output.never_fails()
logging.basicConfig()
for _ in range(100):
    print("x" * 10_000)
    sys.stderr.write("\\u00e9\\udcff\\n")
    logging.warning("there is no room")
sys.stdout.flush()
sys.exit({status})
"""
# As the guard's own, which is not given the chance to end before all is read.
PASSES_ON = "from deploy import guard; guard.pass_on(0, 1)"


@pytest.mark.parametrize(("status", "code"), [("7", 7), ("'why'", 1)])
def test_what_is_said_on_a_full_disk_is_dropped(status: str, code: int) -> None:
    with FULL.open("wb") as full:
        words = TALKATIVE.format(status=status)
        process = processes.start_python("-c", words, stdout=full, stderr=full)
        assert process.wait(20) == code


def test_what_can_be_written_is() -> None:
    words = "from deploy import output; output.never_fails(); print('é' * 3)"
    process = processes.start_python("-c", words, stdout=subprocess.PIPE)
    assert process.communicate(timeout=20)[0].decode() == "ééé\n"


def test_who_passes_output_on_goes_on_where_it_cannot_be_written() -> None:
    with FULL.open("wb") as full:
        process = processes.start_python("-c", PASSES_ON, stdin=subprocess.PIPE, stdout=full)
        process.communicate(b"x" * 1_000_000, timeout=20)
        assert process.returncode == 0


def test_and_passes_on_all_that_can() -> None:
    process = processes.start_python("-c", PASSES_ON, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    said = b"x" * 1_000_000
    assert process.communicate(said, timeout=20)[0] == said
