"""Two machines that share a database and Redis start at the same time."""

from .conftest import Maker
from .product import Product


def test_both_may_find_a_database_without_a_table(
    product: Product, another: Maker, databases, valkey
) -> None:
    url = databases.bare("postgres", product.data_dir)
    both = [another(DATABASE_URL=url, REDIS_URL=valkey.url) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.await_ready()
