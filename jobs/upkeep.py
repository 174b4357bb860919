from wa_assistant.knowledge import leftovers
from wa_assistant.messaging import reconciler, window
from wa_assistant.operations import sweeper


def sweep() -> None:
    sweeper.sweep()


def reconcile() -> None:
    reconciler.reconcile()


def watch_windows() -> None:
    window.call_before_they_close()


def tidy() -> None:
    leftovers.sweep()
