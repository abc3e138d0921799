"""The calendar as a table, as a file for calendars, and printed together with the plan."""

from django.template.loader import render_to_string

from base.formati.calendario import Evento, scrivi_ics
from base.stampa import documento_pdf

from .voci import ANNULLATO

COLONNE = (
    "Giorno",
    "Titolo",
    "Canale",
    "Stato",
    "Organizzazione",
    "Responsabile",
    "Azione",
    "Criterio",
    "Indirizzo",
)


def tabella(voci):
    return COLONNE, [
        (
            v.giorno,
            v.titolo,
            v.nome_canale,
            v.nome_stato,
            v.organizzazione,
            v.responsabile,
            v.azione,
            v.criterio,
            v.dove,
        )
        for v in voci
    ]


def calendario(nome, voci, indirizzo, prodotto) -> bytes:
    """A day each, those called off included: who had them must see it. `indirizzo` makes a full address of a path."""
    return scrivi_ics((_evento(voce, indirizzo) for voce in voci), nome, prodotto)


def _evento(voce, indirizzo):
    righe = [f"Stato: {voce.nome_stato}", f"Organizzazione: {voce.organizzazione}"]
    if voce.responsabile:
        righe.append(f"Responsabile: {voce.responsabile}")
    return Evento(
        uid=voce.uid,
        titolo=f"{voce.nome_canale}: {voce.titolo}",
        inizio=voce.giorno,
        cambiato=voce.cambiato,
        descrizione="\n".join(righe),
        url=indirizzo(voce.url),
        impegna=False,
        annullato=voce.stato == ANNULLATO,
        sequenza=voce.sequenza,
    )


def stampa(piano, voci, titolo, distretto) -> bytes:
    """Plan (None: the calendar alone) and calendar as a PDF. Raises `base.stampa.StampaNonDisponibile`."""
    parti = [(nome, testo) for nome, testo in piano.parti() if testo] if piano else []
    html = render_to_string(
        "notizie/ped/stampa.html",
        {
            "parti": parti,
            "voci": voci,
            "titolo": titolo,
            "distretto": distretto,
        },
    )
    return documento_pdf(html)
