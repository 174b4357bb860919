"""What the assistant says, and when."""
