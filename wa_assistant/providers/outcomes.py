"""How a failed call to a model is written down, by what its client raised."""

from ..clients import failures
from ..models import Outcome

OUTCOMES = {
    failures.RateLimited: Outcome.RATE_LIMITED,
    failures.QuotaSpent: Outcome.QUOTA_SPENT,
    failures.Unavailable: Outcome.UNAVAILABLE,
    failures.Rejected: Outcome.REJECTED,
    failures.TooLong: Outcome.REJECTED,
}
