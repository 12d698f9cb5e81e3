"""An existing site as the files that a sync reads."""
