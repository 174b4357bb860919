"""What people mean, by words alone: commands, yes and no, courtesies. No model."""
