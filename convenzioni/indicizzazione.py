"""From a convention as it is written to what the public reads and finds. No state changes here: see `operazioni`."""

from django.utils.text import slugify

from cura.dichiarazione import ARGOMENTI, CONTESTO, NOMI, SOMMARIO, TESTO, TITOLO, senza_tag
from cura.scheda import Luogo, Nome

from . import scheda as pubblica
from .models import Offerta

RELAZIONI = ("offerte", "luoghi", "solo_di")
ON_LINE = "on-line"
"""The value of the facet of places for what needs none."""


def crea_scheda(convenzione, organizzazione, con_riservate=False):
    """The public sheet, of `organizzazione` (its name). The one place where reserved terms are left out.

    `con_riservate`: they stay, to be read by a card holder and never kept.
    """
    beneficiari = {
        "dipendenti": convenzione.per_dipendenti,
        "familiari": convenzione.per_familiari,
        "collaboratori": convenzione.per_collaboratori,
    }
    accordo = getattr(convenzione, "accordo", None)
    nascoste = convenzione.riservata and not con_riservate
    return pubblica.Scheda(
        nome=convenzione.title,
        sommario=convenzione.sommario,
        partner=convenzione.partner,
        categoria=convenzione.categoria.chiave,
        categoria_nome=convenzione.categoria.nome,
        organizzazione=organizzazione,
        testo="" if nascoste else convenzione.testo,
        offerte=() if nascoste else tuple(_offerta(o) for o in convenzione.offerte.all()),
        esclusioni="" if nascoste else convenzione.esclusioni,
        cumulabile=convenzione.get_cumulabile_display() if convenzione.cumulabile and not nascoste else "",
        riservata=convenzione.riservata,
        per=tuple(nome for nome, vero in beneficiari.items() if vero),
        aderenti=tuple(sorted(str(ente) for ente in convenzione.solo_di.all())),
        aziende_esterne=convenzione.aziende_esterne,
        come="" if nascoste else convenzione.come_ottenerla,
        luoghi=tuple(
            Luogo(
                lg.nome,
                lg.indirizzo,
                Nome(slugify(lg.comune), lg.comune),
                str(lg.latitudine or ""),
                str(lg.longitudine or ""),
            )
            for lg in convenzione.luoghi.all()
        ),
        on_line=convenzione.on_line,
        orari=convenzione.orari,
        telefono=convenzione.telefono,
        email=convenzione.email,
        sito=convenzione.sito,
        inizio=convenzione.valida_dal,
        fine=convenzione.valida_fino_al,
        tacito=convenzione.rinnovo_tacito,
        rinnovo=convenzione.rinnovo,
        firmata_il=accordo.firmata_il if accordo else None,
        risposta=accordo.giorno_della_risposta if accordo else None,
    )


def _offerta(offerta):
    euro = f"{offerta.valore:.2f}".removesuffix(".00").replace(".", ",") if offerta.valore is not None else ""
    quanto = {
        Offerta.Tipo.PERCENTUALE: f"{euro}% di sconto",
        Offerta.Tipo.FISSO: f"{euro} euro di sconto",
        Offerta.Tipo.PREZZO: f"{euro} euro",
        Offerta.Tipo.GRATUITO: "gratis",
        Offerta.Tipo.LISTINO: "prezzi di listino",
    }[offerta.tipo]
    parole_ = {Offerta.Tipo.PREZZO: "per", Offerta.Tipo.LISTINO: "per", Offerta.Tipo.GRATUITO: ""}
    return pubblica.Offerta(quanto, offerta.su, parole_.get(offerta.tipo, "su"))


def valori_di(scheda):
    """Every (facet, value) under which the convention is found."""
    valori = {("categoria", scheda.categoria), *(("per", chi) for chi in scheda.per)}
    valori |= {("comune", luogo.comune.chiave) for luogo in scheda.luoghi if luogo.comune}
    altri = {("comune", ON_LINE): scheda.on_line, ("per", "esterni"): bool(scheda.aziende_esterne)}
    return valori | {valore for valore, vero in altri.items() if vero}


def testi_di(scheda):
    """The texts of the public sheet, by what a word weighs there."""
    return {
        TITOLO: [scheda.nome],
        NOMI: [scheda.partner],
        SOMMARIO: [scheda.sommario],
        ARGOMENTI: [scheda.categoria_nome, *(str(offerta) for offerta in scheda.offerte)],
        CONTESTO: [
            scheda.organizzazione,
            scheda.aziende_esterne,
            *(f"{luogo.nome} {luogo.comune.nome if luogo.comune else ''}" for luogo in scheda.luoghi),
        ],
        TESTO: [scheda.esclusioni, senza_tag(scheda.testo), senza_tag(scheda.come)],
    }
