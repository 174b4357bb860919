"""What people decide about their own data, and how it is told."""
