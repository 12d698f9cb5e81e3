"""What people read: plans, runs, logs, progress."""
