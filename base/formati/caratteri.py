"""Characters that are no text, which come with what is pasted: most formats cannot hold them."""

import re

CONTROLLI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def senza_controlli(testo: str) -> str:
    """`testo` without control characters: tabs and line breaks stay."""
    return CONTROLLI.sub("", testo)
