"""The facets of the guide: names, what a visitor calls them, and the values that are not data."""

FACCETTE = {
    "eta": "Età",
    "fase": "Momento della vita",
    "bisogno": "Che cosa serve",
    "comune": "Comune",
    "costo": "Costo",
    "giorno": "Aperto di",
    "modo": "Come si riceve",
    "lingua": "Lingua",
    "accesso": "Accessibilità della sede",
}
"""Names of the facets, as in addresses, in the order in which they are shown, and what a visitor calls each."""

VOCI_FISSE = {
    "costo": {
        "gratuito": "Gratuito",
        "pagamento": "A pagamento",
        "icef": "Secondo ICEF o ISEE",
        "convenzionato": "Convenzionato",
    },
    "giorno": {
        "lun": "lunedì",
        "mar": "martedì",
        "mer": "mercoledì",
        "gio": "giovedì",
        "ven": "venerdì",
        "sab": "sabato",
        "dom": "domenica",
    },
    "modo": {"sede": "In una sede", "online": "On line", "domicilio": "A domicilio"},
    "accesso": {"si": "Accessibile, verificata"},
}
"""The values of the facets that are not data."""
