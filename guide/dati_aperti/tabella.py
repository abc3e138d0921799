"""Every entry as a row of one table, for who opens it in a spreadsheet. Values of more than one are parted by a bar."""

from base.formati.telefoni import da_esportare

from ..eta import in_parole
from ..orari import ROMA, settimana_in_parole
from ..scheda import Luogo, Scheda, Tariffa
from .identita import Pubblicata
from .luoghi_hsds import ACCESSIBILITA
from .valori_hsds import testo_piano

COLONNE = (
    "id",
    "nome",
    "in_parole_semplici",
    "altri_nomi",
    "descrizione",
    "ente",
    "tipo_di_ente",
    "pagina",
    "sito",
    "per_chi",
    "eta_minima_mesi",
    "eta_massima_mesi",
    "momenti",
    "bisogni",
    "parole_chiave",
    "luoghi",
    "on_line",
    "a_domicilio",
    "tutto_il_territorio",
    "orari",
    "su_appuntamento",
    "note_orari",
    "stagioni",
    "chiusure",
    "costo",
    "icef",
    "convenzionato",
    "importi",
    "note_costo",
    "come_fare",
    "cosa_serve",
    "scadenze",
    "lingue",
    "contatti",
    "chiuso_per",
    "chiuso_fino_al",
    "aggiornato_il",
    "verificato_il",
)


PER_PERSONE = tuple(nome.removesuffix("_mesi") for nome in COLONNE)
"""The columns of the table for people, where an age has its unit in the cell."""


def riga_per_persone(voce: Pubblicata) -> list:
    """The values of `PER_PERSONE`."""
    return [
        in_parole(valore) if nome.endswith("_mesi") and valore is not None else valore
        for nome, valore in zip(COLONNE, riga(voce), strict=True)
    ]


def riga(voce: Pubblicata) -> list:
    """The values of `COLONNE`: ages are numbers of months."""
    s: Scheda = voce.scheda
    return [
        str(voce.id),
        s.nome,
        s.sommario,
        s.altri_nomi,
        testo_piano(s.testo),
        s.erogatore,
        s.natura_nome,
        voce.url,
        s.sito,
        s.per_chi,
        s.eta_minima,
        s.eta_massima,
        _nomi(s.fasi),
        _nomi(s.bisogni),
        _insieme(s.etichette),
        _insieme(_luogo(luogo) for luogo in s.luoghi),
        _si(s.on_line),
        _si(s.a_domicilio),
        _si(s.tutto_il_territorio),
        _insieme(f"{giorni} {ore}" for giorni, ore in settimana_in_parole(s.orario.fasce)),
        _si(s.su_appuntamento),
        s.note_orari,
        _insieme(map(str, s.stagioni)),
        _insieme(map(str, s.chiusure)),
        s.costo_nome,
        _si(s.icef),
        _si(s.convenzionato),
        _insieme(_tariffa(t) for t in s.tariffe),
        s.note_costo,
        testo_piano(s.come_accedere),
        _insieme(s.documenti),
        _insieme(f"{sc.descrizione}: {sc.data.isoformat()}" for sc in s.scadenze),
        _nomi(s.lingue),
        _insieme(", ".join(filter(None, (c.ruolo, da_esportare(c.telefono), c.email, c.nota))) for c in s.contatti),
        s.sospeso_motivo if s.sospeso else "",
        s.sospeso_fino_al if s.sospeso else None,
        voce.modificata.astimezone(ROMA).date() if voce.modificata else None,
        s.verificata_il,
    ]


def _insieme(valori) -> str:
    return " | ".join(valori)


def _nomi(voci) -> str:
    return _insieme(voce.nome for voce in voci)


def _si(vero: bool) -> str:
    return "sì" if vero else "no"


def _luogo(luogo: Luogo) -> str:
    parti = (
        luogo.nome,
        luogo.indirizzo,
        luogo.comune.nome if luogo.comune else "",
        ACCESSIBILITA.get(luogo.accessibilita, "").lower(),
        luogo.note_accessibilita,
    )
    return ", ".join(filter(None, parti))


def _tariffa(tariffa: Tariffa) -> str:
    validita = [
        f"dal {tariffa.valida_dal.isoformat()}" if tariffa.valida_dal else "",
        f"fino al {tariffa.valida_fino_al.isoformat()}" if tariffa.valida_fino_al else "",
    ]
    testo = " ".join(filter(None, (tariffa.euro, tariffa.unita, *validita)))
    return f"{tariffa.descrizione}: {testo}" if tariffa.descrizione else testo
