"""What the configuration reads and keeps in files: .env, .env.example and the secret key."""

import dataclasses
import re
import secrets
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

import config
from config import Config, ConfigError

from .support import processes


@pytest.fixture
def load(tmp_path):
    def load(dotenv=None, **environ):
        names = {"DATA_DIR": str(tmp_path / "data"), **environ}
        return config.load(names, dotenv=dotenv)

    return load


def test_the_environment_wins_over_the_file(load, tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("PORT=9001\nWORKERS=3\nLOG_LEVEL=debug\n# HOST=0.0.0.0\nUNHEARD=of\n")

    made = load(dotenv, PORT="9002", WORKERS="")

    assert (made.PORT, made.WORKERS, made.LOG_LEVEL, made.HOST) == (9002, 64, "DEBUG", "127.0.0.1")


def test_the_file_and_the_environment_are_read_unless_others_are_given(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORT", "9003")

    assert config.load(dotenv=tmp_path / "nothing").PORT == 9003


def test_a_file_that_is_no_text_is_named(load, tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"PORT=\xff\xfe")

    with pytest.raises(ConfigError, match=r"\.env cannot be read"):
        load(dotenv)


def test_the_secret_key_is_made_once_and_kept_for_the_user_alone(load):
    first = load()
    path = first.DATA_DIR / "secret_key"

    assert load().SECRET_KEY == first.SECRET_KEY == path.read_text()
    assert len(first.SECRET_KEY) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(SECRET_KEY="a key of one's own").SECRET_KEY == "a key of one's own"


@pytest.mark.parametrize("damaged", [b"", b"short", b"\xff\xfe"])
def test_a_damaged_secret_key_is_named(load, damaged):
    path = load().DATA_DIR / "secret_key"
    path.write_bytes(damaged)

    with pytest.raises(ConfigError, match=r"secret_key is damaged"):
        load()


def test_processes_that_start_at_once_agree_on_one_secret_key(tmp_path):
    environ = f"{{'DATA_DIR': {str(tmp_path)!r}}}"
    code = f"import config; input(); print(config.load({environ}, None).SECRET_KEY)"
    racers = [
        processes.start_python("-c", code, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    with ThreadPoolExecutor(len(racers)) as pool:
        keys = set(pool.map(lambda racer: racer.communicate(b"go\n", timeout=60)[0], racers))

    assert len(keys) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run", "secret_key"]


def test_the_key_of_whoever_was_first_stands(load, monkeypatch):
    """The narrowest moment of that race: another process finishes while we draw our key."""
    keys = iter(["the first to begin" * 4, "the first to finish" * 4])
    others: list[Config] = []

    def draw(_):
        key = next(keys)
        if key.startswith("the first to begin"):
            others.append(load())
        return key

    monkeypatch.setattr(secrets, "token_urlsafe", draw)

    assert load().SECRET_KEY == others[0].SECRET_KEY == "the first to finish" * 4


def test_the_example_lists_exactly_the_names_of_the_environment():
    assert set(_example()) == _environment()


def test_the_example_explains_each_name_and_gives_its_default(load):
    defaults = load()
    for name, (explanation, value) in _example().items():
        assert explanation.startswith("# "), name
        if value and name != "DATA_DIR":
            assert load(**{name: value}) == defaults, name


def _environment() -> set[str]:
    names = {field.name for field in dataclasses.fields(Config)}
    return names - {"REDIS_EMBEDDED", "TWILIO_AUTH_TOKENS"} | {"TWILIO_AUTH_TOKEN"}


def _example() -> dict[str, tuple[str, str]]:
    """Each name in .env.example with the line above it and its value."""
    lines = (config.ROOT / ".env.example").read_text().splitlines()
    found = {}
    for above, line in pairwise(lines):
        match = re.fullmatch(r"#([A-Z][A-Z_]+)=(.*)", line)
        if match:
            found[match[1]] = (above, match[2])
        else:
            assert not line or line.startswith("# "), line
    return found
