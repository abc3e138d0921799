"""The common life of a published entry: sheet, words and facets, search, confirmation, reports, withdrawal."""
