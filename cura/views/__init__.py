"""The screens and public pages that every kind of entry has."""
