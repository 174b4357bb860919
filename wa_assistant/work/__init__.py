"""What is to be done later: claims on rows, bells, rates and faults. Used by all, uses nobody."""
