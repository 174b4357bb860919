"""What a message costs, in the product as it runs: `make bench`.

Everything is on this machine: the product, the model and Twilio (doubles that answer at once unless
said otherwise), and who writes. So a figure is told beside one of the same minute: a bare Flask
that verifies the signature and answers, on the same gunicorn. CPU is what the processes' own
accounts say; memory is proportional (PSS), so that what processes share counts once.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.doubles.webhooks import AUTH_TOKEN, Webhooks
from tests.path.whole import Whole, whole
from tests.processes.product import free_port
from tests.support.eventually import eventually
from tests.support.postgres import postgres
from tests.support.processes import ROOT

from . import load

AT_ONCE = 16
MIB = 1024 * 1024
ENVIRONMENT = {
    "REPLY_DELAY_SECONDS": "0",
    "WEB_PROCESSES": "2",
    "WORKERS": "128",
    "ANSWERS_PER_HOUR": "100000",
}


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="wa-") as name, bare() as port:
        twilio = Webhooks(public_url=f"http://127.0.0.1:{port}")
        least = load.post(port, load.calls(twilio, given.webhooks, 100), AT_ONCE)
        line("bare signed Flask, 16 connections", least.per_second, "a second", "")
        with (
            database(given.postgres, Path(name)) as url,
            whole(Path(name) / "data", url, **ENVIRONMENT) as stack,
        ):
            measure(stack, least, given.webhooks)


def measure(stack: Whole, least: load.Took, count: int) -> None:
    time.sleep(3)  # what a start leaves to do is done
    line("idle memory", memory(stack), "MiB", "")
    one_at_a_time(stack)
    webhooks(stack, least, count)
    for people in (100, 500):
        at_once(stack, people)
    line("memory after that", memory(stack), "MiB", "")


def one_at_a_time(stack: Whole, count: int = 50) -> None:
    """Each message is answered before the next is written."""
    web, engine = cpu(stack, "gunicorn"), cpu(stack, "jobs.worker")
    took = []
    for number in range(count):
        address = f"whatsapp:+55118{number:08}"
        began = time.perf_counter()
        stack.write(address, "Quanto custa?")
        stack.await_answer(address)
        took.append(time.perf_counter() - began)
    took.sort()
    line("one alone, until Twilio has it: p50", 1000 * took[count // 2], "ms", "")
    line("    p95", 1000 * took[int(count * 0.95)], "ms", "")
    line("CPU of a webhook", (cpu(stack, "gunicorn") - web) * 1000 / count, "ms", "")
    spent = (cpu(stack, "jobs.worker") - engine) * 1000 / count
    line("CPU of an answer, understood to delivered", spent, "ms", "")


def webhooks(stack: Whole, least: load.Took, count: int) -> None:
    twilio = Webhooks(public_url=stack.url)
    made = load.calls(twilio, 3 * count, 100)
    (engine,) = stack.engines()
    engine.suspend()
    stopped = load.post(stack.product.port, made[:count], AT_ONCE)
    report("webhooks, 16 connections, engine stopped", stopped, least)
    engine.resume()
    stack.openai.hold()  # understood, and not answered
    began = time.monotonic()
    eventually(lambda: stored(stack) >= count, 300)
    line("understood of that backlog", count / (time.monotonic() - began), "a second", "")
    running = load.post(stack.product.port, made[count : 2 * count], AT_ONCE)
    report("webhooks, 16 connections, engine running", running, least)
    eventually(lambda: stored(stack) >= 2 * count, 300)
    paced = load.post(stack.product.port, made[2 * count : 2 * count + 500], AT_ONCE, 100)
    line("webhooks, 100 a second offered: p99", paced.ms(0.99), "ms", "")
    stack.openai.release()
    stack.await_quiet(0, 600)


def at_once(stack: Whole, people: int) -> None:
    stack.openai.slow(2.0)
    made = load.calls(Webhooks(public_url=stack.url), people, people, start=10_000_000)
    before = len(stack.twilio.messages)
    began = time.monotonic()
    load.post(stack.product.port, made, AT_ONCE)
    eventually(lambda: len(stack.twilio.messages) >= before + people, 600)
    line(f"{people} at once, model 2 s: all answered", time.monotonic() - began, "s", "")
    stack.openai.slow(0)
    stack.await_quiet(0, 600)


def report(name: str, took: load.Took, least: load.Took) -> None:
    line(name, took.per_second, "a second", f"{took.per_second / least.per_second:.2f} of bare")
    line("    p50, p99", took.ms(0.5), "ms", f"{took.ms(0.99):.0f} ms")


def line(name: str, figure: float, unit: str, beside: str) -> None:
    print(f"{name:<46}{figure:>10.1f} {unit:<10}{beside}", flush=True)


def stored(stack: Whole) -> int:
    with stack.database.connect() as connection:
        words = "SELECT count(*) FROM webhooks WHERE kind = 'inbound' AND state = 'processed'"
        return int(connection.exec_driver_sql(words).scalar() or 0)


def cpu(stack: Whole, words: str) -> float:
    """Seconds of a processor that these processes have used."""
    spent = [process.cpu_times() for process in stack.product.find(words)]
    return sum(each.user + each.system for each in spent)


def memory(stack: Whole) -> float:
    found = [process.memory_full_info().pss for process in stack.product.processes()]
    return sum(found) / MIB


@contextmanager
def database(on_postgres: bool, directory: Path) -> Iterator[str]:
    if not on_postgres:
        yield ""
        return
    with postgres(directory / "pg") as server:
        yield server.get_uri()


@contextmanager
def bare() -> Iterator[int]:
    """The port of the least a webhook can be."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.benchmarks.bare:app", "--workers", "2"]
    command += [
        "--worker-class",
        "deploy.web_worker.Worker",
        "--threads",
        "32",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    environment = {"TWILIO_AUTH_TOKEN": AUTH_TOKEN, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(
        [*command, "--keep-alive", "5", "--log-level", "error", "--no-control-socket"],
        cwd=ROOT,
        env=os.environ | environment,
    )
    try:
        eventually(lambda: psutil.Process(process.pid).children(), 10)
        time.sleep(1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--webhooks", type=int, default=1000, help="of each measurement")
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    return parser.parse_args()


if __name__ == "__main__":
    main()
