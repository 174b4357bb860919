"""What the team prepares to be said: for now quick replies, with what is filled into them."""
