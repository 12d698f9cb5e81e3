"""Does a plan, in batches, whatever happens on the way."""
