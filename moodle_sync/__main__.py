"""`python -m moodle_sync` is `moodle-sync`."""

from moodle_sync.cli import main

main()
