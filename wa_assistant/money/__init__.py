"""What things cost. All money is counted in integer micro-dollars."""
