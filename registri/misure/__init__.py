"""Yearly measures: questions that are data, asked of every member once a year, kept until complete, read together."""
