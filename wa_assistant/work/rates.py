"""How much of something all processes may do together in a while, counted in Redis: calls to the
model first of all, which have a budget of a minute.

Nobody uses it up alone: a quarter of it is the most that one participant takes. Among those for
whom there is not enough left, who has waited longest goes first.

Redis away, nobody counts: what lies behind has limits of its own, and says so.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Network, ip_address
from typing import NamedTuple

from flask import current_app
from redis.exceptions import RedisError

from .. import logs
from ..live import bells
from . import counters

log = logs.get(__name__)

PREFIX = "wa_assistant:rates:"
MINUTE = 60
PART_OF_ONE = 4  # the quarter of the budget that one participant may use
LATE_SECONDS = 10  # for so long after their time comes, a place is kept for who waits in line
AGAIN_SECONDS = 2  # after which who is behind those whose time has come asks again
# A list for each rate: when so much was taken, the latest first. Going back from there, the first
# that leaves no room is the one whose end is to be waited for. A hash for the line: who waits,
# since when, until when their place is kept, and how much they want of each common share.
TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local seconds, common = tonumber(ARGV[1]), tonumber(ARGV[2])
local late, again = tonumber(ARGV[3]), tonumber(ARGV[4])
local me, since = ARGV[5], tonumber(ARGV[6])
local line, shares = KEYS[#KEYS], #KEYS - 1
local live = {}

local function amount(i) return tonumber(ARGV[5 + 2 * i]) end
local function cost(i) return tonumber(ARGV[6 + 2 * i]) end

local function wait_for(i, wanted)
  local free = amount(i) - math.min(wanted, amount(i))
  live[i] = 0
  for _, taken in ipairs(redis.call('LRANGE', KEYS[i], 0, -1)) do
    local at, costs = taken:match('(%S+) (%S+)')
    local rest = at + seconds - now
    if rest <= 0 then break end
    if rest <= seconds + 1 then free = free - costs end -- else by a clock that was wrong
    if free < 0 then return rest end
    live[i] = live[i] + 1
  end
  return 0
end

local function wanted_ahead()
  local ahead = {}
  for i = 1, common do ahead[i] = 0 end
  if me == '' then return ahead end
  local waiting = redis.call('HGETALL', line)
  for k = 1, #waiting, 2 do
    local who, numbers = waiting[k], {}
    for number in waiting[k + 1]:gmatch('%S+') do numbers[#numbers + 1] = tonumber(number) end
    if numbers[2] < now or numbers[2] > now + seconds + late + 1 then
      redis.call('HDEL', line, who)
    elseif numbers[1] < since or (numbers[1] == since and who < me) then
      for i = 1, common do ahead[i] = ahead[i] + numbers[2 + i] end
    end
  end
  return ahead
end

local wait = 0
for i = common + 1, shares do wait = math.max(wait, wait_for(i, cost(i))) end
if me ~= '' then redis.call('HDEL', line, me) end
if wait > 0 then return tostring(wait) end

local ahead = wanted_ahead()
for i = 1, common do
  local wanted = ahead[i] + cost(i)
  wait = math.max(wait, wait_for(i, wanted))
  if ahead[i] > 0 and wanted > amount(i) then wait = math.max(wait, again) end
end
if wait > 0 then
  if me ~= '' then
    local place = string.format('%.6f %.6f', since, now + wait + late)
    for i = 1, common do place = place .. ' ' .. cost(i) end
    redis.call('HSET', line, me, place)
    redis.call('EXPIRE', line, seconds + late)
  end
  return tostring(wait)
end
for i = 1, shares do
  redis.call('LPUSH', KEYS[i], string.format('%.6f %d', now, cost(i)))
  redis.call('LTRIM', KEYS[i], 0, live[i])
  redis.call('EXPIRE', KEYS[i], seconds)
end
return '0'
"""
# What was counted in advance and not used, as a share of less than nothing.
GIVE_BACK = """
local clock = redis.call('TIME')
for i, key in ipairs(KEYS) do
  if tonumber(ARGV[1 + i]) > 0 then
    redis.call('LPUSH', key, string.format('%d.%06d %d', clock[1], clock[2], -ARGV[1 + i]))
    redis.call('EXPIRE', key, ARGV[1])
  end
end
"""
_chance = random.SystemRandom()


@dataclass(frozen=True)
class Share:
    """`cost` of the `amount` there is of `name`."""

    name: str
    amount: int
    cost: int = 1


@dataclass(frozen=True)
class Turn:
    """The place of `who` in line: behind those who have waited since before that."""

    who: int
    since: datetime


def take(
    seconds: int, *shares: Share, own: Sequence[Share] = (), turn: Turn | None = None
) -> float:
    """Take all of these shares together, of what there is in so many seconds.

    0 when they were taken; else nothing was, and this is how many seconds to wait before asking
    again. What costs more than there ever is, is let through when all of it is there. With a
    `turn`, what those before it in line wait for is left to them. Who waits for shares of their
    `own` has no place in line.
    """
    every = (*shares, *own)
    keys = [PREFIX + each.name for each in every]
    keys.append(f"{keys[0]}:line")
    who, since = (turn.who, turn.since.timestamp()) if turn else ("", 0)
    numbers = [n for each in every for n in (each.amount, min(each.cost, each.amount))]
    arguments = (seconds, len(shares), LATE_SECONDS, AGAIN_SECONDS, who, since, *numbers)
    try:
        return float(bells.redis.eval(TAKE, len(keys), *keys, *arguments))
    except RedisError as error:
        log.warning("not counted", rates=keys, error=type(error).__name__)
        return 0.0


class Checked(NamedTuple):
    """Whether it may be done, how often more, and until when that holds, in seconds since 1970."""

    allowed: bool
    remaining: int
    reset: float


def check(identifier: str, limit: int, window: int) -> Checked:
    """Count that `identifier` does it once more: it may `limit` times in `window` seconds.

    The window begins with the first time, and what is refused does not make it longer.
    """
    number, ends = counters.count(f"{identifier}/{limit}/{window}", window)
    return Checked(number <= limit, max(0, limit - number), ends)


def network(address: str) -> str:
    """Whom an address stands for: with IPv6 one machine has all of a /64 to choose from."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(IPv6Network((int(found), 64), strict=False))


def scattered(seconds: float) -> float:
    """A little more than `seconds`, so that all who wait do not come back at once."""
    return _chance.uniform(seconds, most(seconds))


def most(seconds: float) -> float:
    """What `scattered` gives at most."""
    return seconds * 1.25


def budget_frees_in(tokens: int, turn: Turn | None = None) -> float:
    """Seconds until a call of so many tokens may be made; 0: now, and it is counted.

    `turn`: the participant's whom it is for, and since when they wait; None: a colleague's.
    """
    requests = current_app.config["OPENAI_REQUESTS_PER_MINUTE"]
    most = current_app.config["OPENAI_TOKENS_PER_MINUTE"]
    shares = Share("model.requests", requests), Share("model.tokens", most, tokens)
    if turn is None:
        return take(MINUTE, *shares)
    own = [
        Share(_own(each.name, turn), max(1, each.amount // PART_OF_ONE), each.cost)
        for each in shares
    ]
    return take(MINUTE, *shares, own=own, turn=turn)


def used(turn: Turn, tokens: int, of: int) -> None:
    """The call took `tokens` `of` those that were counted for it: the rest may be taken again. A
    server that says less than nothing gives no more back than was counted."""
    tokens = max(0, tokens)
    most = current_app.config["OPENAI_TOKENS_PER_MINUTE"]
    shares = {"model.tokens": most, _own("model.tokens", turn): max(1, most // PART_OF_ONE)}
    left = [min(of, amount) - tokens for amount in shares.values()]
    with suppress(RedisError):
        keys = [PREFIX + name for name in shares]
        bells.redis.eval(GIVE_BACK, len(keys), *keys, MINUTE, *left)


def _own(name: str, turn: Turn) -> str:
    return f"{name}:{turn.who}"
