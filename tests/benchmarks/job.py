"""A job's first search, in processes forked from what the workers are forked from.

python -m tests.benchmarks.job replies, in the product's environment: reads {"participant_id",
"questions", "vector_set_id" or null, "dimension"} and prints [milliseconds, megabytes] of each.
"""

import json
import os
import resource
import sys
import time
from unittest import mock

import numpy as np

import jobs.worker  # noqa: F401 - what the workers are forked from
from wa_assistant import database
from wa_assistant.assistant import burst
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.knowledge.search import query_vector, search
from wa_assistant.work import claims
from wsgi import app

MIB = 1024


def main() -> None:
    given = json.load(sys.stdin)
    vector = None
    if given["vector_set_id"] is not None:
        direction = np.full(given["dimension"], given["dimension"] ** -0.5, "<f4")
        vector = query_vector.QueryVector(given["vector_set_id"], direction)
    with mock.patch.object(query_vector, "of", return_value=vector):
        found = [in_a_fork(given["participant_id"], question) for question in given["questions"]]
    json.dump(found, sys.stdout)


def in_a_fork(participant_id: int, question: str) -> list[float]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with app.app_context():
            database.forget_connections()
            took = in_a_job(participant_id, question)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
        os.write(writer, json.dumps([took, used]).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        found: list[float] = json.loads(answer.read())
    os.waitpid(child, 0)
    return found


def in_a_job(participant_id: int, question: str) -> float:
    """Milliseconds of the search alone, after what a job reads before it."""
    claim = claims.take(ANSWERS, participant_id)
    assert claim
    with claims.working(claim):
        assert burst.read(participant_id)
        start = time.perf_counter()
        search(question)
        return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
