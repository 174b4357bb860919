"""How far a reader has to walk who follows one plain message through the product."""

import json
import re
import subprocess
import sys

import pytest

from tests.support.processes import ROOT
from tests.tour import STEPS

MOST_FILES = 44


@pytest.fixture(scope="module")
def report():
    # In a process of its own: what other tests have called already would be in caches.
    run = subprocess.run(
        [sys.executable, "-m", "tests.tour", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_message_goes_through_each_step_in_turn(report):
    assert [each["step"] for each in report["steps"]] == list(STEPS)
    assert all(each["entered"] for each in report["steps"])


def test_each_file_is_ours_and_is_named_once(report):
    files = [file for each in report["steps"] for file in each["files"]]
    assert len(files) == len(set(files)) == report["files"]
    assert all((ROOT / file).is_file() for file in files)
    assert not [file for file in files if file.startswith("tests")]


def test_it_enters_no_more_files_than_a_reader_can_keep_in_mind(report):
    assert report["files"] <= MOST_FILES


def test_the_readme_s_tour_is_its_spine(report):
    spine = re.findall(r"\*\*`([\w/.]+)`\*\*", (ROOT / "README.md").read_text())
    files = {file for each in report["steps"] for file in each["files"]}
    assert len(spine) > 7
    assert set(spine) <= files
