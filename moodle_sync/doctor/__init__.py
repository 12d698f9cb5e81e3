"""What an administrator has to mend before a sync can work."""
