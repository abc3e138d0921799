"""What who subscribes agrees to, in every version that was ever shown: a row keeps the version, not the text."""

TESTI = {
    "2026-11": (
        "Usiamo il tuo indirizzo solo per mandarti la newsletter. Conserviamo l'indirizzo, i giorni in cui l'hai "
        "chiesta e confermata, la versione di questo testo e se la tua casella rifiuta i messaggi. Non sappiamo se li "
        "apri né che cosa leggi. Quando ti cancelli, con il collegamento che è in ogni messaggio, non resta nulla."
    ),
}
VERSIONE = "2026-11"
"""The version shown now: a text that changes gets a new one, and the old stays above."""
