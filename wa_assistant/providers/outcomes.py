"""How a failed call to a model is written down, by what its client raised."""

from ..clients import openai
from ..models import Outcome

OUTCOMES = {
    openai.RateLimited: Outcome.RATE_LIMITED,
    openai.QuotaSpent: Outcome.QUOTA_SPENT,
    openai.Unavailable: Outcome.UNAVAILABLE,
    openai.Rejected: Outcome.REJECTED,
}
