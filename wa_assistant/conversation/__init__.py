"""One participant is one conversation: who they are, what is said, who speaks."""
