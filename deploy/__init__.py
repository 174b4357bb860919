"""What starts the product, keeps it alive and stops it."""
