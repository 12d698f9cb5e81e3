"""From what should be, what is and what was done before to a plan."""
