"""What owners are told of without having looked: rules, what stands open, and who is told."""
