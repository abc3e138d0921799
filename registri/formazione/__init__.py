"""The manager's training: courses that the agency offers, those attended, and the hours of both (M9)."""
