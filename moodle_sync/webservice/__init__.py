"""Moodle's web services: the one way there, its functions and their replies."""
