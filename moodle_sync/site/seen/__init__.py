"""What was read of each kind of thing, in our words: a file for each, a line in the catalogue."""
