"""What others let us do: their refusals, the budget of a minute, their prices."""
