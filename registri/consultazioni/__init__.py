"""Consultations of an action: bodies heard once each, needs gathered, a model, and the outcome that everybody reads."""
