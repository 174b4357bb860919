"""A row of the table, and what the processes' own accounts and the database say."""

import psutil

from tests.path.whole import Whole

from .load import Took

MIB = 1024 * 1024


def line(name: str, figure: float, unit: str, beside: str = "") -> None:
    print(f"{name:<46}{figure:>10.1f} {unit:<10}{beside}", flush=True)


def report(name: str, took: Took, least: Took) -> None:
    line(name, took.per_second, "a second", f"{took.per_second / least.per_second:.2f} of bare")
    line("    p50, p99", took.ms(0.5), "ms", f"{took.ms(0.99):.0f} ms")


def processed(stack: Whole, kind: str = "inbound") -> int:
    """How many webhooks of that kind have taken effect."""
    with stack.database.connect() as connection:
        words = f"SELECT count(*) FROM webhooks WHERE kind = '{kind}' AND state = 'processed'"
        return int(connection.exec_driver_sql(words).scalar() or 0)


def cpu(stack: Whole, words: str) -> float:
    """Seconds of a processor that these processes have used."""
    spent = [process.cpu_times() for process in stack.product.find(words)]
    return sum(each.user + each.system for each in spent)


def memory(stack: Whole) -> float:
    """MiB of the whole product; what processes share counts once."""
    found: list[psutil.Process] = stack.product.processes()
    return sum(float(process.memory_full_info().pss) for process in found) / MIB
