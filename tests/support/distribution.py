"""Which test process takes which tests.

The tests of a file stay together, for what they share. Those that mostly wait, for a browser or
for processes that start, come first, a folder to a process: meanwhile the others compute.
"""

from collections import Counter
from functools import cached_property
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# The longest first, so that none is left over when all the rest is done.
WAITING = ("browser", "processes", "faults", "path")


class ByFile(LoadScopeScheduling):
    """Hands out whole files, and those of a folder that waits together."""

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        return folder if folder in WAITING and self._is_mixed else _file(nodeid)

    @cached_property
    def _is_mixed(self) -> bool:
        return any(_folder(nodeid) not in WAITING for nodeid in self.collection or ())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False  # the order is ours
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where there are several processes, what takes long is begun first."""
    if not hasattr(config, "workerinput"):
        return
    sizes = Counter(_file(item.nodeid) for item in items)

    def place(item: pytest.Item) -> tuple[int, int, str]:
        folder, file = _folder(item.nodeid), _file(item.nodeid)
        if folder in WAITING:
            return WAITING.index(folder), 0, file
        return len(WAITING), -sizes[file], file

    items.sort(key=place)


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def _folder(nodeid: str) -> str:
    return nodeid.removeprefix("tests/").partition("/")[0]
