"""What others let us do, and how their refusals are written down."""
