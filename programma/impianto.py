"""A programme of one year as a set-up file states it: acts, duties of the manager, actions, criteria. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from base.formati.schema import FileNonValido, Nodo, Problema, mostra, unici
from organizzazioni.impianto import (
    ImpiantoDistretto,
    ImpiantoOrganizzazione,
    leggi_distretto,
    leggi_organizzazioni,
    leggi_riferimenti,
)

GENERI = ("maschile", "femminile")
REGOLE = ("per_unita", "realizzazione", "soglia", "monitoraggio")
CAMPI_EVIDENZA = (
    "data",
    "titolo",
    "argomento",
    "persone_coinvolte",
    "organizzazioni",
    "descrizione",
    "link",
    "allegati",
    "quantita",
    "progettualita",
    "novita",
)
PARTI_DELL_ATTO = (
    "area",
    "generale",
    "specifico",
    "titolo",
    "azioni",
    "referenti",
    "altre",
    "tempi",
    "indicatori",
    "percentuali",
    "classificazione",
)
"""The parts of an action of which the act's own words are kept."""
MASSIMO_PAROLE = 10_000
SOMME = ("somma", "ultimo", "enti")
CODICE_CLASSIFICAZIONE = re.compile(r"[A-Z]\d{4}")
CODICE_OBBLIGO = re.compile(r"M\d{1,3}")
TIPO_DI_CONTENUTO = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
SITO = re.compile(r"(portale|([a-z0-9-]+\.)+[a-z]{2,})(/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True)
class ImpiantoProva:
    """What the evidence of one kind must bring: see `requisiti.Prova`. `chiede` is our choice, not the act's."""

    chiede: tuple[str, ...] = ()
    parti: tuple[str, ...] = ()
    conta_link: bool = False
    intere: bool = True
    solo_nuove: bool = False
    somma: str = "somma"
    link_ammessi: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImpiantoCriterio:
    """One pair of indicator and percentage; `posizione` is its place in the act, from 1."""

    percorso: str
    codice: str
    indicatore: str
    regola: str
    percentuale: Decimal | None
    unita: str
    unita_plurale: str
    unita_genere: str
    distinte: bool
    atteso: Decimal | None
    offerto: Decimal | None
    campi_richiesti: tuple[str, ...]
    luogo: str
    nota: str
    alimentato_da: str
    link_ammessi: tuple[str, ...]
    prova: ImpiantoProva
    testo_atto: str = ""


@dataclass(frozen=True)
class ImpiantoObbligo:
    """A duty of the manager, with the area it is in."""

    area: str
    titolo: str
    criteri: tuple[ImpiantoCriterio, ...]


@dataclass(frozen=True)
class ImpiantoAzione:
    """An action of the programme; `atto` has the act's own words of each of `PARTI_DELL_ATTO`."""

    percorso: str
    numero: int | None
    area: str
    titolo: str
    obiettivo_generale: str
    obiettivo_specifico: str
    azioni: str
    referenti: tuple[str, ...]
    altre: tuple[str, ...]
    altre_testo: str
    tempi: str
    classificazioni: tuple[str, ...]
    criteri: tuple[ImpiantoCriterio, ...]
    atto: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ImpiantoProgramma:
    """Year, period and acts. `approvato` when the file gives the act that approves it."""

    anno: int | None
    dal: date | None
    scadenza: date | None
    aderenti_al: date | None
    approvato: bool
    atto_tipo: str
    atto_numero: str
    atto_data: date | None
    atto_riferimento: str
    delibera_organo: str
    delibera_numero: str
    delibera_data: date | None
    protocollo_numero: str
    protocollo_data: date | None
    note: tuple[str, ...]
    classificazioni: tuple[tuple[str, str], ...]
    obblighi: tuple[ImpiantoObbligo, ...]
    azioni: tuple[ImpiantoAzione, ...]

    @property
    def criteri(self) -> tuple[ImpiantoCriterio, ...]:
        """All the criteria in the order of the act: the manager's duties, then the actions."""
        return tuple(c for obbligo in self.obblighi for c in obbligo.criteri) + tuple(
            c for azione in self.azioni for c in azione.criteri
        )


@dataclass(frozen=True)
class Impianto:
    """A whole set-up file."""

    distretto: ImpiantoDistretto
    organizzazioni: tuple[ImpiantoOrganizzazione, ...]
    programma: ImpiantoProgramma


def leggi_impianto(dati, *, completo: bool = True) -> Impianto:
    """The facts in `dati`, as read from YAML. Raises `FileNonValido` with everything that is wrong.

    Unless `completo`, what an act may leave out may be missing: a draft is filled in later.
    """
    problemi: list[Problema] = []
    radice = Nodo(dati, "", problemi)
    organizzazioni = leggi_organizzazioni(radice)
    distretto = leggi_distretto(radice, organizzazioni)
    programma = _leggi_programma(radice, {organizzazione.chiave for organizzazione in organizzazioni}, completo)
    for chiave in radice.chiavi():
        if isinstance(chiave, str) and re.fullmatch(r"innovazioni_\d{4}", chiave):
            radice.testi(chiave, massimo=1000)
    radice.chiudi()
    if problemi or distretto is None or programma is None:
        raise FileNonValido(problemi)
    return Impianto(distretto, organizzazioni, programma)


def _leggi_programma(radice: Nodo, chiavi: set[str], completo: bool) -> ImpiantoProgramma | None:
    nodo = radice.nodo("programma", obbligatorio=True)
    classificazioni = _leggi_classificazioni(radice)
    prove = _leggi_prove(radice)
    obblighi = _leggi_obblighi(radice, prove)
    azioni = _leggi_azioni(radice, chiavi, {codice for codice, _ in classificazioni}, prove, completo)
    criteri = [c for obbligo in obblighi for c in obbligo.criteri] + [c for azione in azioni for c in azione.criteri]
    unici(((f"{criterio.percorso}.codice", "il codice", criterio.codice) for criterio in criteri), radice.problemi)
    if nodo is None:
        return None
    numero_azioni = nodo.intero("numero_azioni")
    if completo and numero_azioni is not None and numero_azioni != len(azioni):
        nodo.errore("numero_azioni", f"dice {numero_azioni}, ma «progettualita» elenca {len(azioni)} azioni")
    atto, delibera, trasmissione = (nodo.nodo(chiave) for chiave in ("atto", "delibera_capofila", "trasmissione"))
    letto = ImpiantoProgramma(
        anno=nodo.intero("anno", obbligatorio=True, minimo=2000, massimo=2200),
        dal=nodo.data("dal", obbligatorio=True),
        scadenza=nodo.data("scadenza", obbligatorio=True),
        aderenti_al=nodo.data("aderenti_al"),
        approvato=atto is not None,
        atto_tipo=atto.testo("tipo", massimo=100) if atto else "",
        atto_numero=atto.testo("numero", obbligatorio=True, massimo=30) if atto else "",
        atto_data=atto.data("data", obbligatorio=True) if atto else None,
        atto_riferimento=atto.testo("riferimento", massimo=60) if atto else "",
        delibera_organo=delibera.testo("organo", massimo=100) if delibera else "",
        delibera_numero=delibera.testo("numero", obbligatorio=True, massimo=30) if delibera else "",
        delibera_data=delibera.data("data", obbligatorio=True) if delibera else None,
        protocollo_numero=trasmissione.testo("protocollo", obbligatorio=True, massimo=30) if trasmissione else "",
        protocollo_data=trasmissione.data("data", obbligatorio=True) if trasmissione else None,
        note=nodo.testi("note", massimo=500),
        classificazioni=classificazioni,
        obblighi=obblighi,
        azioni=azioni,
    )
    if letto.dal and letto.scadenza and letto.scadenza < letto.dal:
        nodo.errore("scadenza", f"viene prima di «dal» ({letto.dal.isoformat()})")
    for aperto in (nodo, atto, delibera, trasmissione):
        if aperto is not None:
            aperto.chiudi()
    return letto


def _leggi_classificazioni(radice: Nodo) -> tuple[tuple[str, str], ...]:
    nodo = radice.nodo("classificazioni")
    if nodo is None:
        return ()
    lette = []
    for codice in nodo.chiavi():
        if not isinstance(codice, str) or not CODICE_CLASSIFICAZIONE.fullmatch(codice):
            nodo.errore(codice, "codice non ammesso (per esempio: A0301)")
            continue
        lette.append((codice, nodo.testo(codice, obbligatorio=True)))
    return tuple(lette)


def _leggi_prove(radice: Nodo) -> dict[str, ImpiantoProva]:
    """The kinds of proof, by name: that of a unit, of a rule, or one that criteria name."""
    nodo = radice.nodo("prove")
    lette: dict[str, ImpiantoProva] = {}
    if nodo is None:
        return lette
    for nome in nodo.chiavi():
        genere = nodo.nodo(nome)
        if genere is None:
            continue
        lette[str(nome)] = ImpiantoProva(
            chiede=_leggi_campi(genere, "chiede"),
            parti=genere.testi("parti", massimo=60),
            conta_link=bool(genere.vero("conta_link")),
            intere=genere.vero("intere") is not False,
            solo_nuove=bool(genere.vero("solo_nuove")),
            somma=genere.scelta("somma", SOMME) or "somma",
            link_ammessi=genere.testi("link_ammessi", forma=SITO),
        )
        genere.chiudi()
    return lette


def _leggi_obblighi(radice: Nodo, prove: dict[str, ImpiantoProva]) -> tuple[ImpiantoObbligo, ...]:
    obblighi = []
    for area in radice.nodi("azioni_vamt"):
        nome = area.testo("area", obbligatorio=True, massimo=120)
        for azione in area.nodi("azioni", obbligatorio=True):
            titolo = azione.testo("titolo", obbligatorio=True, massimo=200)
            criteri = tuple(
                _leggi_criterio(nodo, CODICE_OBBLIGO, "M1", prove) for nodo in azione.nodi("criteri", obbligatorio=True)
            )
            obblighi.append(ImpiantoObbligo(nome, titolo, criteri))
            azione.chiudi()
        area.chiudi()
    return tuple(obblighi)


def _leggi_azioni(
    radice: Nodo, chiavi: set[str], classificazioni: set[str], prove: dict[str, ImpiantoProva], completo: bool
) -> tuple[ImpiantoAzione, ...]:
    azioni = tuple(
        _leggi_azione(nodo, chiavi, classificazioni, prove, completo)
        for nodo in radice.nodi("progettualita", obbligatorio=True)
    )
    unici(((f"{azione.percorso}.numero", "il numero", azione.numero) for azione in azioni), radice.problemi)
    return azioni


def _leggi_azione(
    nodo: Nodo, chiavi: set[str], classificazioni: set[str], prove: dict[str, ImpiantoProva], completo: bool
) -> ImpiantoAzione:
    numero = nodo.intero("numero", obbligatorio=True, minimo=1, massimo=999)
    sintesi = nodo.nodo("sintesi")
    forma = re.compile(rf"P{numero}\.\d{{1,3}}") if numero else re.compile(r"P\d+\.\d{1,3}")
    letta = ImpiantoAzione(
        percorso=nodo.percorso,
        numero=numero,
        area=nodo.testo("area", obbligatorio=completo, massimo=120),
        titolo=nodo.testo("titolo", obbligatorio=completo, massimo=200) or f"Azione {numero}",
        obiettivo_generale=sintesi.testo("generale", massimo=5000) if sintesi else "",
        obiettivo_specifico=sintesi.testo("specifico", massimo=5000) if sintesi else "",
        azioni=sintesi.testo("azioni", massimo=5000) if sintesi else "",
        referenti=leggi_riferimenti(nodo, "referenti", chiavi, obbligatorio=completo),
        altre=leggi_riferimenti(nodo, "altre", chiavi),
        altre_testo=nodo.testo("altre_testo"),
        tempi=nodo.testo("tempi", massimo=120),
        classificazioni=nodo.testi(
            "classificazione", ammessi=classificazioni, ignoto="«classificazioni» non elenca il codice"
        ),
        criteri=tuple(
            _leggi_criterio(criterio, forma, f"P{numero or 1}.1", prove)
            for criterio in nodo.nodi("criteri", obbligatorio=True, vuoto=True)
        ),
        atto=_leggi_parole(nodo),
    )
    nodo.chiudi()
    if sintesi:
        sintesi.chiudi()
    return letta


def _leggi_parole(nodo: Nodo) -> tuple[tuple[str, str], ...]:
    """The act's own words, by the part of the action that they are of."""
    parole = nodo.nodo("atto")
    if parole is None:
        return ()
    lette = tuple((parte, parole.testo(parte, massimo=MASSIMO_PAROLE)) for parte in PARTI_DELL_ATTO)
    parole.chiudi()
    return tuple((parte, testo) for parte, testo in lette if testo)


def _leggi_criterio(nodo: Nodo, forma: re.Pattern, esempio: str, prove: dict[str, ImpiantoProva]) -> ImpiantoCriterio:
    regola = nodo.scelta("regola", REGOLE, obbligatorio=True)
    con_percentuale = regola in ("per_unita", "realizzazione", "soglia")
    distinte = nodo.vero("distinte")
    letto = ImpiantoCriterio(
        percorso=nodo.percorso,
        codice=nodo.testo("codice", obbligatorio=True, massimo=10, forma=forma, esempio=esempio),
        indicatore=nodo.testo("indicatore", obbligatorio=True),
        regola=regola,
        percentuale=nodo.numero("percentuale", obbligatorio=con_percentuale, oltre=0, massimo=Decimal(100)),
        **_leggi_unita(nodo),
        distinte=bool(distinte),
        atteso=nodo.numero("atteso"),
        offerto=nodo.numero("offerto", oltre=0),
        campi_richiesti=_leggi_campi(nodo, "evidenza" if nodo.ha("evidenza") else "campi_richiesti"),
        luogo=nodo.testo("luogo", massimo=200),
        nota=nodo.testo("nota", massimo=300),
        alimentato_da=nodo.testo("alimentato_da", massimo=40, forma=TIPO_DI_CONTENUTO),
        link_ammessi=nodo.testi("link_ammessi", forma=SITO),
        prova=_prova_di(nodo, prove, regola),
        testo_atto=nodo.testo("testo_atto", massimo=MASSIMO_PAROLE),
    )
    if regola == "monitoraggio" and letto.percentuale is not None:
        nodo.errore("percentuale", "il monitoraggio non ha percentuale")
    if distinte and regola and regola != "per_unita":
        nodo.errore("distinte", f"vale solo con la regola «per_unita», non con {mostra(regola)}")
    if letto.offerto is not None and regola and regola != "soglia":
        nodo.errore("offerto", f"vale solo con la regola «soglia», non con {mostra(regola)}")
    nodo.chiudi()
    return letto


def _leggi_unita(nodo: Nodo) -> dict[str, str]:
    """The noun of a unit, with its plural and its gender, or without both: then it is not made to agree."""
    unita = nodo.testo("unita", massimo=60)
    parole = {
        "unita": unita,
        "unita_plurale": nodo.testo("unita_plurale", obbligatorio=nodo.ha("unita_genere"), massimo=60),
        "unita_genere": nodo.scelta("unita_genere", GENERI, obbligatorio=nodo.ha("unita_plurale")),
    }
    if not unita and any(parole.values()):
        nodo.errore("unita", "manca il singolare dell'unità")
    return parole


def _prova_di(nodo: Nodo, prove: dict[str, ImpiantoProva], regola: str) -> ImpiantoProva:
    """The kind that the criterion names, else that of its unit, else that of its rule; nothing where there is none."""
    nome = nodo.testo("prova", massimo=60)
    if nome and nome not in prove:
        nodo.errore("prova", f"«prove» non elenca {mostra(nome)}")
    scelte = (nome, str(nodo.grezzo("unita") or ""), regola)
    return next((prove[scelta] for scelta in scelte if scelta in prove), ImpiantoProva())


def _leggi_campi(nodo: Nodo, chiave: str) -> tuple[str, ...]:
    """What an evidence must fill: field names, or alternatives written `a|b`."""
    letti = nodo.testi(chiave)
    for indice, voce in enumerate(letti):
        for campo in voce.split("|"):
            if campo not in CAMPI_EVIDENZA:
                nodo.errore(f"{chiave}[{indice}]", f"un'evidenza non ha il campo {mostra(campo)}")
    return letti
