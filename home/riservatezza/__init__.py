"""Data protection: what is kept of whom and how long, and what a person may ask of it."""
