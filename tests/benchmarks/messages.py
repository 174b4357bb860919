"""What messages and receipts cost, one at a time and many at once."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.doubles.webhooks import AUTH_TOKEN, STATUS, Webhooks
from tests.path.whole import Whole
from tests.processes.product import free_port
from tests.support.eventually import eventually
from tests.support.processes import ROOT

from . import load
from .figures import cpu, line, memory, processed, report

AT_ONCE = 16
WAITING = 100
ALONE = 50


def idle(stack: Whole, count: int) -> None:
    line("idle memory", memory(stack), "MiB")
    stack.openai.hold()
    for call in range(WAITING):
        stack.write(f"whatsapp:+55117{call:08}", "Quanto custa?")
    eventually(lambda: stack.openai.waiting == WAITING, 60)
    line(f"    while {WAITING} wait for the model", memory(stack), "MiB")
    stack.openai.release()
    stack.await_quiet(WAITING, 300)


def one_at_a_time(stack: Whole, count: int) -> None:
    """Each message is answered before the next is written."""
    web, engine = cpu(stack, "gunicorn"), cpu(stack, "jobs.worker")
    took = []
    for number in range(ALONE):
        address = f"whatsapp:+55118{number:08}"
        began = time.perf_counter()
        stack.write(address, "Quanto custa?")
        stack.await_answer(address)
        took.append(time.perf_counter() - began)
    took.sort()
    line("one alone, until Twilio has it: p50", 1000 * load.within(0.5, took), "ms")
    line("    p95", 1000 * load.within(0.95, took), "ms")
    line("CPU of a webhook", (cpu(stack, "gunicorn") - web) * 1000 / ALONE, "ms")
    spent = (cpu(stack, "jobs.worker") - engine) * 1000 / ALONE
    line("CPU of an answer, understood to delivered", spent, "ms")


def receipts(stack: Whole, count: int) -> None:
    """Three for each of as many answers, as fast as they are taken one after the other."""
    twilio = Webhooks(public_url=stack.url)
    for number in range(count // 20):
        stack.write(f"whatsapp:+55116{number:08}", "Quanto custa?")
    stack.await_quiet(0, 300)
    sids = [sent.sid for sent in stack.twilio.messages[-(count // 20) :]]
    made = [
        load.signed(twilio, STATUS, twilio.status_form(sid, status))
        for status in ("sent", "delivered", "read")
        for sid in sids
    ]
    before = processed(stack, "status")
    web, engine = cpu(stack, "gunicorn"), cpu(stack, "jobs.worker")
    load.post(stack.product.port, made, 1)
    eventually(lambda: processed(stack, "status") >= before + len(made), 300)
    web, engine = cpu(stack, "gunicorn") - web, cpu(stack, "jobs.worker") - engine
    each = 1000 / len(made)
    line("CPU of a receipt", (web + engine) * each, "ms", f"{web * each:.1f} ms kept by the web")


def webhooks(stack: Whole, count: int) -> None:
    with bare() as port:
        twilio = Webhooks(public_url=f"http://127.0.0.1:{port}")
        least = load.post(port, load.calls(twilio, count, 100), AT_ONCE)
    line("bare signed Flask, 16 connections", least.per_second, "a second")
    twilio = Webhooks(public_url=stack.url)
    made = load.calls(twilio, 3 * count, 100)
    before = processed(stack)
    with stopped(stack):
        report(
            "webhooks, 16 connections, engine stopped",
            load.post(stack.product.port, made[:count], AT_ONCE),
            least,
        )
        stack.openai.hold()  # understood, and not answered
    began = time.monotonic()
    eventually(lambda: processed(stack) >= before + count, 300)
    line("understood of that backlog", count / (time.monotonic() - began), "a second")
    running = load.post(stack.product.port, made[count : 2 * count], AT_ONCE)
    report("webhooks, 16 connections, engine running", running, least)
    eventually(lambda: processed(stack) >= before + 2 * count, 300)
    paced = load.post(stack.product.port, made[2 * count : 2 * count + 500], AT_ONCE, 100)
    line("webhooks, 100 a second offered: p99", paced.ms(0.99), "ms")
    stack.openai.release()
    stack.await_quiet(0, 600)


def at_once(stack: Whole, people: int, name: str = "") -> None:
    stack.openai.slow(2.0)
    made = load.calls(Webhooks(public_url=stack.url), people, people, start=10_000_000)
    before = len(stack.twilio.messages)
    began = time.monotonic()
    load.post(stack.product.port, made, AT_ONCE)
    eventually(lambda: len(stack.twilio.messages) >= before + people, 600)
    line(f"{people} at once, model 2 s: all answered{name}", time.monotonic() - began, "s")
    stack.openai.slow(0)
    stack.await_quiet(0, 600)


def many_at_once(stack: Whole, count: int) -> None:
    at_once(stack, 100)
    at_once(stack, 500)
    line("memory after that", memory(stack), "MiB")


def two_engines(stack: Whole, count: int) -> None:
    at_once(stack, 500, ", ENGINES=2")
    line("memory after that, ENGINES=2", memory(stack), "MiB")


def backlog(stack: Whole, count: int) -> None:
    """What came in while no engine ran is answered by the one that goes on."""
    made = load.calls(Webhooks(public_url=stack.url), 5 * count, count, start=20_000_000)
    answers = len(stack.twilio.messages)
    with stopped(stack):
        load.post(stack.product.port, made, AT_ONCE)
    began = time.monotonic()
    stack.await_quiet(len(made), 1200)
    name = f"backlog of {len(made)} of {count} people: settled"
    answers = len(stack.twilio.messages) - answers
    line(name, time.monotonic() - began, "s", f"{answers} answers")


@contextmanager
def stopped(stack: Whole) -> Iterator[None]:
    """Its engines stand still meanwhile, and none of them while it writes to SQLite, for which all
    others would wait."""
    engines = stack.engines()
    with open(stack.product.data_dir / "wa_assistant.sqlite3.lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for engine in engines:
            engine.suspend()
    try:
        yield
    finally:
        for engine in engines:
            engine.resume()


@contextmanager
def bare() -> Iterator[int]:
    """The port of the least a webhook can be."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.benchmarks.bare:app", "--workers", "2"]
    command += ["--worker-class", "deploy.web_worker.Worker", "--threads", "32"]
    command += ["--bind", f"127.0.0.1:{port}"]
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
