"""The site as it is: read, and put under our keys."""
