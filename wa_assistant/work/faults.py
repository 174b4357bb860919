"""Which exceptions are a fault of our own."""

from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

DATABASE_AWAY = (OperationalError, InterfaceError, NoConnection)
NOT_OURS = (*DATABASE_AWAY, RedisError)
DIED = "The worker ended while it had this."
