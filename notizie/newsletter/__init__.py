"""The newsletter: subscriptions, issues, sending, archive."""
