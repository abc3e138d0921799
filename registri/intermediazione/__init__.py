"""The manager's log of contacts with bodies, and of what members say back: read and written by the manager only."""
