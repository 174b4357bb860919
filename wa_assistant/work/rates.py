"""How much of something all processes may do together in a while, counted in Redis: calls to the
model first of all, which have a budget of a minute.

Redis away, nobody counts: what lies behind has limits of its own, and says so.
"""

import logging
import random
from dataclasses import dataclass

from flask import current_app
from redis.exceptions import RedisError

from ..extensions import bells

log = logging.getLogger(__name__)

PREFIX = "wa_assistant:rates:"
# A list for each rate: when so much was taken, the latest first. Going back from there, the first
# that leaves no room is the one whose end is to be waited for.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local seconds, wait, live = ARGV[1], 0, {}
for i, key in ipairs(KEYS) do
  local free = ARGV[2 * i] - ARGV[2 * i + 1]
  live[i] = 0
  for _, taken in ipairs(redis.call('LRANGE', key, 0, -1)) do
    local at, cost = taken:match('(%S+) (%S+)')
    local rest = at + seconds - now
    free = free - cost
    if rest <= 0 then break end
    if free < 0 then
      wait = math.max(wait, rest)
      break
    end
    live[i] = live[i] + 1
  end
end
if wait > 0 then return tostring(wait) end
for i, key in ipairs(KEYS) do
  redis.call('LPUSH', key, string.format('%.6f %d', now, ARGV[2 * i + 1]))
  redis.call('LTRIM', key, 0, live[i])
  redis.call('EXPIRE', key, seconds)
end
return '0'
"""
_chance = random.SystemRandom()


MINUTE = 60


@dataclass(frozen=True)
class Share:
    """`cost` of the `amount` there is of `name`."""

    name: str
    amount: int
    cost: int = 1


def take(seconds: int, *shares: Share) -> float:
    """Take all of these shares together, of what there is in so many seconds.

    0 when they were taken; else nothing was, and this is how many seconds to wait before asking
    again. What costs more than there ever is, is let through when all of it is there.
    """
    keys = [PREFIX + each.name for each in shares]
    numbers = [n for each in shares for n in (each.amount, min(each.cost, each.amount))]
    try:
        return float(bells.redis.eval(TAKE, len(keys), *keys, seconds, *numbers))
    except RedisError as error:
        log.warning("not counted: rates=%s error=%s", keys, type(error).__name__)
        return 0.0


def scattered(seconds: float) -> float:
    """A little more than `seconds`, so that all who wait do not come back at once."""
    return seconds * _chance.uniform(1.0, 1.25)


def budget_frees_in(tokens: int) -> float:
    """Seconds until a call of so many tokens may be made; 0: now, and it is counted."""
    config = current_app.config
    return take(
        MINUTE,
        Share("model.requests", config["OPENAI_REQUESTS_PER_MINUTE"]),
        Share("model.tokens", config["OPENAI_TOKENS_PER_MINUTE"], tokens),
    )
