"""From an entry as it is written to what the public reads and finds. No state changes here: see `operazioni`."""

from dataclasses import dataclass

from django.utils import timezone

from cura import detti
from cura.dichiarazione import ARGOMENTI, CONTESTO, ETICHETTE, NOMI, SOMMARIO, TESTO, TITOLO, senza_tag
from cura.scheda import Nome
from cura.solleciti import da_verificare_dal

from . import scheda as pubblica
from .eta import si_sovrappone
from .faccette import VOCI_FISSE
from .models import Comune, FasciaEta

RELAZIONI = (
    "luoghi__comune",
    "orari",
    "periodi",
    "tariffe",
    "scadenze",
    "contatti",
    "allegati__documento",
    "fasi",
    "bisogni__padre",
    "lingue",
    "etichettature__tag",
    "settimane_estive",
    "posti_liberi",
)


@dataclass(frozen=True)
class Cornice:
    """What is the same for every entry: the bands of age and the keys of the municipalities."""

    fasce: tuple[FasciaEta, ...]
    comuni: tuple[str, ...]

    @classmethod
    def leggi(cls):
        return cls(tuple(FasciaEta.objects.all()), tuple(Comune.objects.values_list("chiave", flat=True)))


COME_SONO = (
    *("sommario", "altri_nomi", "testo", "natura", "sito", "per_chi", "eta_minima", "eta_massima"),
    *("on_line", "a_domicilio", "tutto_il_territorio", "su_appuntamento", "note_orari"),
    *("sospeso", "sospeso_motivo", "sospeso_fino_al", "costo", "icef", "convenzionato", "note_costo", "come_accedere"),
)
"""What of an entry the public reads as it is written. A field that is named neither here nor below stays inside."""


def crea_scheda(servizio):
    """The public sheet of `servizio`. The one place where masked places and hidden contacts are left out."""
    luoghi, scadenze = list(servizio.luoghi.all()), sorted(servizio.scadenze.all(), key=lambda s: s.data)
    return pubblica.Scheda(
        nome=servizio.title,
        **{campo: getattr(servizio, campo) for campo in COME_SONO},
        **_ente(servizio),
        natura_nome=servizio.get_natura_display(),
        fasi=_nomi(servizio.fasi.all()),
        bisogni=_nomi(servizio.bisogni.all()),
        etichette=tuple(sorted(e.tag.name for e in servizio.etichettature.all())),
        luoghi=tuple(_luogo(luogo) for luogo in luoghi if not luogo.protetto),
        luogo_riservato=any(luogo.protetto for luogo in luoghi),
        fasce=tuple(pubblica.Fascia(o.giorno, o.dalle, o.alle) for o in servizio.orari.all()),
        periodi=tuple(map(_periodo, servizio.periodi.all())),
        costo_nome=servizio.get_costo_display() if servizio.costo else "",
        tariffe=tuple(map(_tariffa, servizio.tariffe.all())),
        documenti=tuple(riga.strip() for riga in servizio.documenti.splitlines() if riga.strip()),
        scadenze=tuple(pubblica.Scadenza(s.descrizione, s.data, str(s.chiave)) for s in scadenze),
        lingue=_nomi(servizio.lingue.all()),
        contatti=tuple(_contatto(contatto) for contatto in servizio.contatti.all() if not contatto.nascosto),
        allegati=tuple(_allegato(riga.documento) for riga in servizio.allegati.all()),
        estate=_estate(servizio),
        **_verifica(servizio),
    )


def _estate(servizio):
    """The weeks, in order; a price to be verified is not told, and places left never more than those there are."""
    righe = sorted(servizio.settimane_estive.all(), key=lambda s: s.turno)
    liberi = {p.turno: p for p in servizio.posti_liberi.all()} if righe and servizio.pk else {}
    return pubblica.Estate(
        tuple(_settimana(riga, servizio, liberi.get(riga.turno)) for riga in righe),
        servizio.get_estate_pasti_display() if servizio.estate_pasti else "",
        servizio.estate_sconti,
        servizio.estate_convenzioni,
        servizio.estate_disponibile,
    )


def _settimana(riga, servizio, liberi):
    propria = riga.eta_minima is not None or riga.eta_massima is not None
    eta = riga if propria else servizio
    noti = liberi is not None and riga.posti is not None
    return pubblica.Settimana(
        riga.dal,
        riga.al,
        riga.dalle,
        riga.alle,
        eta.eta_minima,
        eta.eta_massima,
        "" if riga.prezzo is None or riga.prezzo_da_verificare else f"{riga.prezzo:.2f}",
        riga.posti,
        min(liberi.posti, riga.posti) if noti else None,
        liberi.al if noti else None,
    )


def _verifica(servizio):
    """When the organisation last said that it is right, and from when the public is told that it is not sure."""
    verifica = getattr(servizio, "verifica", None)
    if verifica is None:
        return {}
    quando = timezone.localdate(verifica.verificata_il) if verifica.verificata_il else None
    return {"verificata_il": quando, "da_verificare_dal": da_verificare_dal(verifica.scade_il)}


def _ente(servizio):
    """The provider: a body outside the network by name, or one of ours with its public page."""
    if servizio.erogatore_esterno or servizio.erogatore is None:
        return {"erogatore": servizio.erogatore_esterno}
    pagina = getattr(servizio.erogatore, "pagina", None)
    url = pagina.get_url() if pagina is not None and pagina.live else ""
    ente = servizio.erogatore
    return {"erogatore": ente.denominazione, "erogatore_chiave": ente.chiave, "erogatore_url": url or ""}


def _nomi(categorie):
    return tuple(Nome(c.chiave, c.nome) for c in sorted(categorie, key=lambda c: (c.ordine, c.nome)))


def _periodo(riga):
    return pubblica.Periodo(riga.periodo.chiusura, riga.dal, riga.al, riga.ogni_anno, riga.nota)


def _tariffa(riga):
    importo, unita = f"{riga.importo:.2f}", riga.get_unita_display()
    return pubblica.Tariffa(importo, unita, riga.descrizione, riga.valida_dal, riga.valida_fino_al)


def _contatto(contatto):
    return pubblica.Contatto(contatto.ruolo, contatto.telefono, contatto.email, contatto.nota)


def _allegato(documento):
    return pubblica.FileDaScaricare(documento.title, documento.url, documento.file_extension)


def _luogo(luogo):
    verificata = luogo.accessibilita if luogo.accessibilita != luogo.Accessibilita.DA_VERIFICARE else ""
    return pubblica.Luogo(
        luogo.nome,
        luogo.indirizzo,
        Nome(luogo.comune.chiave, luogo.comune.nome),
        str(luogo.latitudine or ""),
        str(luogo.longitudine or ""),
        verificata,
        luogo.note_accessibilita,
        luogo.comune.cap,
        luogo.comune.provincia,
    )


def valori_di(servizio, scheda, cornice):
    """Every (facet, value) under which the entry is found."""
    valori = {
        ("eta", fascia.chiave)
        for fascia in cornice.fasce
        if _ha_eta(scheda) and si_sovrappone(scheda.eta_minima, scheda.eta_massima, fascia.dal_mesi, fascia.al_mesi)
    }
    valori |= {("fase", fase.chiave) for fase in scheda.fasi}
    for bisogno in servizio.bisogni.all():
        valori.add(("bisogno", bisogno.chiave))
        if bisogno.padre_id:
            valori.add(("bisogno", bisogno.padre.chiave))
    comuni = cornice.comuni if scheda.tutto_il_territorio else [lg.comune.chiave for lg in scheda.luoghi if lg.comune]
    valori |= {("comune", comune) for comune in comuni}
    valori |= {("lingua", lingua.chiave) for lingua in scheda.lingue}
    giorni = list(VOCI_FISSE["giorno"])
    valori |= {("giorno", giorni[fascia.giorno]) for fascia in scheda.fasce}
    si_o_no = {
        ("costo", "gratuito"): scheda.gratuito,
        ("costo", "pagamento"): scheda.costo == "pagamento",
        ("costo", "icef"): scheda.icef,
        ("costo", "convenzionato"): scheda.convenzionato,
        ("modo", "sede"): bool(scheda.luoghi or scheda.luogo_riservato),
        ("modo", "online"): scheda.on_line,
        ("modo", "domicilio"): scheda.a_domicilio,
        ("accesso", "si"): any(luogo.accessibilita == "si" for luogo in scheda.luoghi),
    }
    return valori | _fatti_di(scheda) | {voce for voce, vero in si_o_no.items() if vero}


def _fatti_di(scheda):
    """What is read among the words of a search: ages, when in the week it is open, its seasons."""
    giorni = list(VOCI_FISSE["giorno"])
    valori = set(detti.eta_contate(scheda.eta_minima, scheda.eta_massima))
    for fascia in scheda.fasce:
        minuti = [ora.hour * 60 + ora.minute for ora in (fascia.dalle, fascia.alle)]
        parti = detti.parti_del_giorno(*minuti)
        valori |= {(detti.FASCIA, giorni[fascia.giorno]), *((detti.FASCIA, parte) for parte in parti)}
        valori |= {(detti.FASCIA, f"{giorni[fascia.giorno]}-{parte}") for parte in parti}
    periodi = [*scheda.stagioni, *scheda.estate.settimane]
    return valori | {(detti.STAGIONE, s) for p in periodi for s in detti.stagioni_di(_mesi(p.dal, p.al))}


def _mesi(dal, al):
    """The months from one day to another."""
    quanti = (al.year - dal.year) * 12 + al.month - dal.month
    return {(dal.month - 1 + n) % 12 + 1 for n in range(min(quanti, 11) + 1)}


def _ha_eta(scheda):
    """An entry without ages is under no band: nobody said that it is for everyone."""
    return scheda.eta_minima is not None or scheda.eta_massima is not None


def testi_di(servizio, scheda):
    """The texts of the public sheet, by what a word weighs there."""
    return {
        TITOLO: [scheda.nome],
        NOMI: [scheda.altri_nomi],
        ETICHETTE: [*scheda.etichette],
        SOMMARIO: [scheda.sommario],
        ARGOMENTI: [b.nome for b in scheda.bisogni] + [b.padre.nome for b in servizio.bisogni.all() if b.padre_id],
        CONTESTO: [
            scheda.per_chi,
            scheda.erogatore,
            *(fase.nome for fase in scheda.fasi),
            *(lingua.nome for lingua in scheda.lingue),
            *(f"{luogo.nome} {luogo.comune.nome if luogo.comune else ''}" for luogo in scheda.luoghi),
        ],
        TESTO: [
            senza_tag(scheda.testo),
            senza_tag(scheda.come_accedere),
            scheda.note_costo,
            scheda.note_orari,
            *scheda.documenti,
            *(t.descrizione for t in scheda.tariffe),
            *(s.descrizione for s in scheda.scadenze),
            *(c.ruolo for c in scheda.contatti),
            scheda.estate.sconti,
            scheda.estate.convenzioni,
        ],
    }
