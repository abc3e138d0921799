"""The services as a sheet, out and in: the file that is exported is the one that is imported."""
