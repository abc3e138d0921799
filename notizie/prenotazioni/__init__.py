"""Booking a place at an event without an account: asked, confirmed by mail, waited for, given back, forgotten."""
