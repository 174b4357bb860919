"""What keeps the product running."""
