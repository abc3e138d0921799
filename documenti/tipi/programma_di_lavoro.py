"""The programme of a year as the act lays it out: duties, then every action with its parts, indicators, percentages.

Of each part there are the act's own words where they were read, ours otherwise; of a draft, what it changes.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from programma.models import AzionePage, Criterio, ParoleDellAtto, ProgrammaPage
from programma.punteggi.lingua import numero
from programma.selettori.confronto_anni import TOLTA, VoceDelConfronto, confronta, programma_precedente
from programma.selettori.prontezza import ultime_parole

from ..corpo import INTERNO, PERCENTUALI, Blocco, Capitolo, Corpo, Paragrafo, Prospetto, Punti

Parte = ParoleDellAtto.Parte
DEI_CRITERI = (Parte.INDICATORI, Parte.PERCENTUALI)
"""Where these are ours, the table of the criteria says them with their codes."""
CRITERI = ("Codice", "Indicatore di valutazione", "Percentuale")


@dataclass(frozen=True)
class ParteDelDocumento:
    """A part of an action, as the act names it; `dell_atto` when the words are the act's."""

    nome: str
    etichetta: str
    testo: str
    dell_atto: bool


@dataclass(frozen=True)
class AzioneDelDocumento:
    """An action with its parts, its criteria, and what it changes of the year before (None where there is none)."""

    azione: AzionePage
    parti: tuple[ParteDelDocumento, ...]
    criteri: tuple[Criterio, ...]
    cambia: VoceDelConfronto | None


@dataclass(frozen=True)
class ProgrammaDiLavoro:
    """The programme as the latest wording of each action says it."""

    programma: ProgrammaPage
    al: date
    distretto: str
    atti: tuple[str, ...]
    compiti: tuple[Criterio, ...]
    azioni: tuple[AzioneDelDocumento, ...]
    precedente: ProgrammaPage | None
    tolte: tuple[str, ...]


def programma_di_lavoro(programma: ProgrammaPage, al: date) -> ProgrammaDiLavoro:
    """What the document says; a programme has one wording, so `al` is only the day written on a draft."""
    criteri = list(Criterio.objects.del_programma(programma).in_vigore().in_ordine())
    azioni = [azione for azione in ultime_parole(programma) if not azione.fuori_programma]
    dette: dict[int, dict[str, str]] = defaultdict(dict)
    for chiave, parte, testo in ParoleDellAtto.objects.filter(azione__in=[a.pk for a in azioni]).values_list(
        "azione", "parte", "testo"
    ):
        dette[chiave][parte] = testo
    voci = {voce.nome: voce for voce in confronta(programma)} if programma.in_attesa_dell_atto else {}
    distretto = Distretto.objects.first()

    def una(azione: AzionePage) -> AzioneDelDocumento:
        suoi = tuple(criterio for criterio in criteri if criterio.azione_id == azione.pk)
        return AzioneDelDocumento(azione, _parti(azione, suoi, dette[azione.pk]), suoi, voci.get(str(azione)))

    return ProgrammaDiLavoro(
        programma,
        al,
        distretto.denominazione if distretto else "",
        tuple(_atti(programma)),
        tuple(criterio for criterio in criteri if criterio.del_manager),
        tuple(map(una, azioni)),
        programma_precedente(programma) if voci else None,
        tuple(voce.nome for voce in voci.values() if voce.come == TOLTA),
    )


def _atti(programma: ProgrammaPage) -> Iterator[str]:
    for che_cosa, quale, giorno in (
        (
            f"{programma.delibera_organo or 'Ente capofila'}, delibera n.",
            programma.delibera_numero,
            programma.delibera_data,
        ),
        ("Trasmissione, protocollo n.", programma.protocollo_numero, programma.protocollo_data),
        (f"{programma.atto_tipo or 'Atto'} n.", programma.atto_numero, programma.atto_data),
    ):
        if quale:
            yield " ".join(filter(None, (che_cosa, quale, giorno_in_parole(giorno, dopo="del") if giorno else "")))


def _parti(azione: AzionePage, criteri: tuple[Criterio, ...], dette: dict[str, str]) -> tuple[ParteDelDocumento, ...]:
    altre = [*(str(ente) for ente in azione.altre.all()), azione.altre_testo]
    nostre = {
        Parte.AREA: azione.area,
        Parte.GENERALE: azione.obiettivo_generale,
        Parte.SPECIFICO: azione.obiettivo_specifico,
        Parte.TITOLO: azione.title,
        Parte.AZIONI: azione.azioni,
        Parte.REFERENTI: ", ".join(str(referente.organizzazione) for referente in azione.referenti.all()),
        Parte.ALTRE: ", ".join(filter(None, altre)),
        Parte.TEMPI: azione.tempi,
        Parte.INDICATORI: "\n".join(map(_indicatore, criteri)) or azione.indicatori,
        Parte.PERCENTUALI: "\n".join(map(_percentuale, criteri)) or azione.percentuali,
        Parte.CLASSIFICAZIONE: "\n".join(str(codice) for codice in azione.classificazioni.all()),
    }
    return tuple(
        ParteDelDocumento(parte.value, parte.label, dette.get(parte) or testo, parte.value in dette)
        for parte, testo in nostre.items()
        if dette.get(parte) or testo
    )


def _indicatore(criterio: Criterio) -> str:
    return f"{criterio.indicatore} ({criterio.luogo})" if criterio.luogo else criterio.indicatore


def _percentuale(criterio: Criterio) -> str:
    if not criterio.percentuale:
        return "monitoraggio"
    per = f" per {criterio.unita}" if criterio.regola == Criterio.Regola.PER_UNITA and criterio.unita else ""
    return f"{numero(criterio.percentuale)}%{per}"


def _riga(criterio: Criterio) -> tuple[str, str, str]:
    return criterio.codice, _indicatore(criterio), _percentuale(criterio)


def _criteri(criteri: tuple[Criterio, ...], titolo: str) -> Prospetto:
    righe, riserve = tuple(map(_riga, criteri)), ((CRITERI[-1], PERCENTUALI),)
    return Prospetto(titolo, CRITERI, righe, con_nomi=True, larghezze=(11, 61, 28), riserve=riserve)


def in_corpo(detto: ProgrammaDiLavoro) -> Corpo:
    """For people: acts, duties, actions. In a draft, which nobody outside reads, each says how it differs from the year
    before."""
    programma = detto.programma
    periodo = f"Fatti {giorno_in_parole(programma.dal, dopo='dal')} {giorno_in_parole(programma.scadenza, dopo='al')}."
    bozza = f"Bozza {giorno_in_parole(detto.al, dopo='del')}, in attesa dell'atto."
    capitoli = [Capitolo("Atti", 1, (Punti(detto.atti),))] if detto.atti else []
    if detto.compiti:
        tabella = _criteri(detto.compiti, "Compiti, indicatori e percentuali")
        capitoli.append(Capitolo("Azioni del manager territoriale", 1, (tabella,)))
    area = None
    for una in detto.azioni:
        if una.azione.area != area:
            area = una.azione.area
            capitoli.append(Capitolo(area or "Azioni", 1))
        capitoli.append(Capitolo(str(una.azione), 2, tuple(_azione(una, detto.precedente))))
    if detto.tolte and detto.precedente:
        capitoli.append(Capitolo(f"Azioni del {detto.precedente.anno} che non ci sono più", 1, (Punti(detto.tolte),)))
    if programma.in_attesa_dell_atto:
        return Corpo(f"{programma.title}, bozza", detto.distretto, (bozza, periodo), tuple(capitoli), solo=INTERNO)
    return Corpo(programma.title, detto.distretto, ("Com'è stato approvato.", periodo), tuple(capitoli))


def _azione(una: AzioneDelDocumento, precedente: ProgrammaPage | None) -> Iterator[Blocco]:
    if una.cambia and precedente:
        prosegue = f", prosegue dal {precedente.anno}" if una.cambia.prosegue else ""
        yield Paragrafo(f"{una.cambia.etichetta}{prosegue}", forte=True)
    nostri = DEI_CRITERI if una.criteri else ()
    dette = [parte for parte in una.parti if parte.dell_atto or parte.nome not in nostri]
    fonte = "Parole dell'atto" if any(parte.dell_atto for parte in una.parti) else "In sintesi"
    for titolo, parti, solo in (
        (fonte, [parte for parte in dette if parte.nome != Parte.PERCENTUALI], ""),
        ("", [parte for parte in dette if parte.nome == Parte.PERCENTUALI], PERCENTUALI),
    ):
        righe = tuple((parte.etichetta, parte.testo) for parte in parti)
        if righe:
            yield Prospetto(titolo, ("Parte", "Testo"), righe, con_nomi=True, larghezze=(25, 75), solo=solo)
    if una.criteri:
        yield _criteri(una.criteri, "Criteri di valutazione")
    if una.cambia and precedente and una.cambia.diversi:
        yield Paragrafo(f"Rispetto al {precedente.anno}", forte=True)
        yield Punti(
            tuple(f"{uno.nome[:1].upper()}{uno.nome[1:]}: era «{uno.prima or 'vuoto'}»" for uno in una.cambia.diversi)
        )


def in_dati(detto: ProgrammaDiLavoro) -> dict[str, Any]:
    """For programs: of each part whose words they are."""
    programma = detto.programma
    return {
        "anno": programma.anno,
        "al": detto.al,
        "titolo": programma.title,
        "stato": programma.stato,
        "dal": programma.dal,
        "scadenza": programma.scadenza,
        "atti": list(detto.atti),
        "compiti": [_criterio(criterio) for criterio in detto.compiti],
        "azioni": [
            {
                "codice": una.azione.codice,
                "titolo": una.azione.title,
                "parti": [
                    {"parte": p.nome, "etichetta": p.etichetta, "testo": p.testo, "dell_atto": p.dell_atto}
                    for p in una.parti
                ],
                "criteri": [_criterio(criterio) for criterio in una.criteri],
            }
            for una in detto.azioni
        ],
    }


def _criterio(criterio: Criterio) -> dict[str, Any]:
    return {
        "codice": criterio.codice,
        "indicatore": _indicatore(criterio),
        "regola": criterio.regola,
        "percentuale": criterio.percentuale,
        "unita": criterio.unita,
        "atteso": criterio.atteso,
    }
