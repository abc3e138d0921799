"""Meetings: convened, held, closed; once closed they are evidence of what they serve."""
