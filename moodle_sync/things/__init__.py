"""What a sync puts into Moodle: one room for each kind of thing."""
