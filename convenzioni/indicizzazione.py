"""From a convention as it is written to what the public reads and finds. No state changes here: see `operazioni`."""

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from django.utils.text import slugify

from base.parole import parole, radice

from . import scheda as pubblica
from .models import Offerta

RELAZIONI = ("offerte", "luoghi", "solo_di")


def raccogli(convenzioni):
    """Bring in few queries what the conventions have more than one of."""
    prefetch_related_objects(convenzioni, *RELAZIONI)


def crea_scheda(convenzione, organizzazione, con_riservate=False):
    """The public sheet, of `organizzazione` (its name). The one place where reserved terms are left out.

    `con_riservate`: they stay, to be read by a card holder and never kept.
    """
    beneficiari = {
        "dipendenti": convenzione.per_dipendenti,
        "familiari": convenzione.per_familiari,
        "collaboratori": convenzione.per_collaboratori,
    }
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
            pubblica.Luogo(
                lg.comune,
                slugify(lg.comune),
                lg.nome,
                lg.indirizzo,
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


def radici(scheda):
    """The stems of the words of the public sheet, each once, between spaces."""
    testi = [
        scheda.nome,
        scheda.sommario,
        scheda.partner,
        scheda.categoria_nome,
        scheda.organizzazione,
        scheda.esclusioni,
        scheda.aziende_esterne,
        *(str(offerta) for offerta in scheda.offerte),
        *(f"{luogo.nome} {luogo.comune}" for luogo in scheda.luoghi),
        strip_tags(scheda.testo.replace("<", " <")),
        strip_tags(scheda.come.replace("<", " <")),
    ]
    return " ".join(sorted({radice(parola) for parola in parole(" ".join(testi))}))
