"""The languages of the site beside Italian. Pure: what may be written in them, and from which side."""

LINGUE = {
    "it": "italiano",
    "de": "tedesco",
    "en": "inglese",
    "mhn": "mòcheno",
    "ar": "arabo",
    "uk": "ucraino",
    "sq": "albanese",
    "ro": "romeno",
    "ur": "urdu",
}
"""The languages in which a passage may be marked, so that it is read aloud as it should, by their code."""
MARCHI_DI_LINGUA = [f"lingua-{codice}" for codice in LINGUE]
"""The features of a rich text that mark them."""
DA_DESTRA = frozenset(["ar", "fa", "he", "ps", "ur"])
"""Those that are written from the right."""
IN_SE = {
    "it": "Italiano",
    "de": "Deutsch",
    "en": "English",
    "mhn": "Bersntolerisch",
    "ar": "العربية",
    "uk": "Українська",
    "sq": "Shqip",
    "ro": "Română",
    "ur": "اردو",
}
"""The name of each, as who speaks it says."""
