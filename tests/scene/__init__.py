"""The scenes that more than one file of tests is set in; `conftest` lends their fixtures to every file."""
