"""All that is periodic, on one page.

It is done by threads of the engine itself, with Redis or without. Another machine may have a
schedule of its own: all that stands here bears being done twice.
"""

import threading
import time
from dataclasses import dataclass

from jobs.lanes import Bell, Lane
from wa_assistant.work import runs


@dataclass(frozen=True)
class Periodic:
    """Done when the engine starts, and `every` so many seconds from then on."""

    job: str
    every: int


SCHEDULE = (
    # Finds what is unanswered, unsent or unprocessed, and rings again.
    Periodic("jobs.upkeep.sweep", every=5),
    # Rings for a job that only says it was done, so that it shows where none is.
    Periodic("jobs.upkeep.probe", every=20),
    # Asks Twilio and the model's server whether they are well.
    Periodic("jobs.upkeep.ask_outside", every=60),
    # Looks until when our certificate is valid.
    Periodic("jobs.upkeep.ask_certificate", every=3600),
    # Tells owners of what is wrong at this moment, and that it is not any more.
    Periodic("jobs.upkeep.watch_alerts", every=60),
    # The same of what is measured over an hour.
    Periodic("jobs.upkeep.measure_alerts", every=300),
    # Tells a dead man's switch that all is well.
    Periodic("jobs.upkeep.beat", every=60),
    # Writes down what of all this was done, and how that went.
    Periodic("jobs.upkeep.note_runs", every=10),
    # Calls the team before a conversation that waits for it can no longer be written to.
    Periodic("jobs.upkeep.watch_windows", every=60),
    # Opens what was snoozed until now, and ends what the assistant has answered, as owners say.
    Periodic("jobs.upkeep.keep_statuses", every=60),
    # Counts what a database that was restored knows nothing of with the most it can have cost.
    Periodic("jobs.upkeep.watch_money", every=60),
    # Chains what has come to the audit since, so that a later change of it shows.
    Periodic("jobs.upkeep.chain_audit", every=60),
    # Counts what was said and has changed, for the figures of the overview.
    Periodic("jobs.upkeep.count", every=60),
    # Lets what was said and has changed be found by its words.
    Periodic("jobs.upkeep.index_said", every=10),
    # Asks Twilio for messages whose webhook never reached us.
    Periodic("jobs.upkeep.reconcile", every=300),
    # Removes documents' files that belong to nobody any more, and what was deleted from the log.
    Periodic("jobs.upkeep.tidy", every=3600),
    # Has words of what was deleted leave the index of what was said.
    Periodic("jobs.upkeep.purge_said", every=3600),
    # Removes messages' files that belong to no message.
    Periodic("jobs.upkeep.tidy_files", every=3600),
    # Removes the files of imports that are a week old, with what they said.
    Periodic("jobs.upkeep.forget_imports", every=3600),
    # Goes on through the audit, and tells owners of the first entry that was changed.
    Periodic("jobs.upkeep.verify_audit", every=3600),
)


class Schedule(threading.Thread):
    """Puts what is due in its lane, until it is told to stop."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(daemon=True, name="schedule")
        self._lane = lane
        self._stopped = threading.Event()

    def run(self) -> None:
        due = dict.fromkeys(SCHEDULE, time.monotonic())
        runs.expect({each.job: each.every for each in SCHEDULE})
        while True:
            for each in SCHEDULE:
                if due[each] <= time.monotonic():
                    due[each] = time.monotonic() + each.every
                    self._ring(Bell(each.job))
            if self._stopped.wait(max(0.0, min(due.values()) - time.monotonic())):
                return

    def _ring(self, bell: Bell) -> None:
        if not self._lane.is_running(bell):  # what takes that long is not begun a second time
            self._lane.put(bell)

    def stop(self) -> None:
        self._stopped.set()
