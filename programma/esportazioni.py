"""The score as text, JSON and tables. Same state, same bytes."""

import json
from decimal import Decimal

from django.utils import timezone

from base.formati import tabelle
from base.tempo import giorno_in_parole

from .punteggi.in_parole import percento
from .punteggi.lingua import numero
from .selettori.quadri import QuadroPunteggio, RigaPunteggio

CAMPI = (
    "codice",
    "regola",
    "percentuale",
    "offerto",
    "unita",
    "grezzo",
    "punteggio",
    "in_attesa",
    "mancano",
    "spiegazione",
    "atteso",
)
"""What scripts read of each criterion: names and order are stable."""

INTESTAZIONE = (
    "Area",
    "Voce",
    "Titolo",
    "Criterio",
    "Indicatore",
    "Regola",
    "Percentuale",
    "Totale offerto",
    "Atteso dall'atto",
    "Unità riconosciute",
    "Unità di misura",
    "Grezzo",
    "Punteggio",
    "Eccedenza",
    "In attesa",
    "Mancano a 100",
    "Entro il",
    "Spiegazione",
    "Obbligatoria in caso di richiesta di contributo",
    "Nota di lettura",
)


def punteggio_json(quadro: QuadroPunteggio) -> str:
    """The score for scripts; what does not exist is null, never 0."""
    return json.dumps(
        {
            "anno": quadro.programma.anno,
            "al": quadro.al.isoformat(),
            "criteri": [
                {campo: _numero_json(valore) for campo, valore in zip(CAMPI, _valori(riga), strict=True)}
                for riga in quadro.righe
            ],
            "azioni": [
                {"codice": v.codice, "titolo": v.titolo, "punteggio_indicativo": _numero_json(v.indicativo)}
                for v in quadro.voci
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def punteggio_csv(quadro: QuadroPunteggio) -> str:
    """The criteria for scripts: the fields of the JSON, empty where it has null."""
    return tabelle.csv_per_programmi(CAMPI, [_valori(riga) for riga in quadro.righe])


def punteggio_testo(quadro: QuadroPunteggio) -> str:
    """The score to be read in a terminal."""
    scadenza = quadro.programma.scadenza
    righe = [f"Punteggio V.A.M.T. {quadro.programma.anno}, situazione {giorno_in_parole(quadro.al, dopo='al')}"]
    for voce in quadro.voci:
        media = f" (media indicativa {percento(voce.indicativo)})" if voce.ha_media else ""
        righe += ["", f"{voce.codice} {voce.titolo}{media}"]
        for riga in voce.righe:
            p = riga.punteggio
            punteggio = "–" if p.punteggio is None else percento(p.punteggio)
            righe.append(f"  {riga.criterio.codice:<6}{punteggio:>7}  {p.spiegazione}")
            if p.in_attesa:
                righe.append(f"{'':17}In attesa di approvazione: {p.in_attesa}")
            if p.mancanza:
                righe.append(f"{'':17}{p.mancanza}")
    termine = giorno_in_parole(scadenza)
    righe += ["", f"Termine dei fatti: {termine}. Le medie sono indicative: l'atto non ne definisce."]
    return "\n".join(righe)


def punteggio_tabella(quadro: QuadroPunteggio) -> tuple[tuple[str, ...], list[list]]:
    """Header and rows of the export for spreadsheets."""
    righe = []
    for voce in quadro.voci:
        for riga in voce.righe:
            c, p = riga.criterio, riga.punteggio
            righe.append(
                [
                    voce.area,
                    voce.codice,
                    voce.titolo,
                    c.codice,
                    c.indicatore,
                    c.get_regola_display(),
                    c.percentuale,
                    c.offerto,
                    c.atteso,
                    p.unita,
                    c.unita,
                    p.grezzo,
                    p.punteggio,
                    p.eccedenza,
                    p.in_attesa,
                    p.mancano,
                    quadro.programma.scadenza if p.mancano else None,
                    p.spiegazione,
                    voce.del_manager,
                    c.nota,
                ]
            )
    return INTESTAZIONE, righe


def _valori(riga: RigaPunteggio) -> list:
    c, p = riga.criterio, riga.punteggio
    return [
        c.codice,
        c.regola,
        c.percentuale,
        c.offerto,
        p.unita,
        p.grezzo,
        p.punteggio,
        p.in_attesa,
        p.mancano,
        p.spiegazione,
        c.atteso,
    ]


def _numero_json(valore):
    """A `Decimal` as JSON writes it: whole numbers without a point."""
    if not isinstance(valore, Decimal):
        return valore
    return int(valore) if valore == valore.to_integral_value() else float(valore)


INTESTAZIONE_EVIDENZE = (
    "Numero",
    "Anno",
    "Organizzazione",
    "Data del fatto",
    "Titolo",
    "Criteri",
    "Stato",
    "Tardiva",
    "Argomento",
    "Persone coinvolte",
    "Organizzazioni coinvolte",
    "Luogo",
    "Descrizione",
    "Quantità dichiarata",
    "Riconosciuto",
    "Note di riconoscimento",
    "Link",
    "File",
    "Inviata il",
    "Inviata da",
    "Ultimo passaggio il",
    "Ultimo passaggio di",
    "Motivo o commento",
)


def evidenze_tabella(evidenze) -> tuple[tuple[str, ...], list[list]]:
    """Header and rows of the register; `evidenze` as `EvidenzaQuerySet.per_esportazione` loads them."""
    return INTESTAZIONE_EVIDENZE, [_riga_evidenza(evidenza) for evidenza in evidenze]


def _riga_evidenza(evidenza) -> list:
    ultimo = next(iter(evidenza.passaggi.all()), None)
    righe = [riga for riga in evidenza.riconoscimenti.all() if riga.revocato_il is None]
    return [
        evidenza.pk,
        evidenza.programma.anno if evidenza.programma else None,
        str(evidenza.organizzazione),
        evidenza.data,
        evidenza.titolo,
        " ".join(criterio.codice for criterio in evidenza.criteri.all()),
        evidenza.get_stato_display(),
        evidenza.tardiva,
        evidenza.argomento,
        evidenza.persone_coinvolte,
        "; ".join(str(ente) for ente in evidenza.organizzazioni.all()),
        evidenza.luogo,
        evidenza.descrizione,
        evidenza.quantita,
        "; ".join(f"{riga.criterio.codice}: {numero(riga.quantita_riconosciuta)}" for riga in righe),
        "; ".join(f"{riga.criterio.codice}: {riga.nota}" for riga in righe if riga.nota),
        " ".join(evidenza.link),
        "; ".join(allegato.nome for allegato in evidenza.allegati.all()),
        _ora_locale(evidenza.inviata_il),
        str(evidenza.inviata_da or ""),
        _ora_locale(ultimo and ultimo.quando),
        str(ultimo.chi or "") if ultimo else "",
        ultimo.motivo if ultimo else "",
    ]


def _ora_locale(istante):
    return timezone.localtime(istante) if istante else None
