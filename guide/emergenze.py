"""The national numbers that every new guide starts from. Facts of the whole country; the manager edits them."""

NAZIONALI = (
    ("112", "Numero unico di emergenza", "Pericolo immediato: ambulanza, carabinieri, polizia, vigili del fuoco"),
    ("1522", "Antiviolenza e stalking", "Gratuito, giorno e notte, anche in altre lingue"),
    ("114", "Emergenza infanzia", "Un bambino o una ragazza in pericolo, giorno e notte"),
    ("116117", "Cure mediche non urgenti", "Quando il medico o il pediatra non ci sono: di notte e nei festivi"),
)


def predefinite():
    """The emergency strip of a new guide."""
    return [("numero", dict(zip(("numero", "nome", "quando"), voce, strict=True))) for voce in NAZIONALI]
