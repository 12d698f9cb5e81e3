"""What the sync did and may change again, in a file."""
