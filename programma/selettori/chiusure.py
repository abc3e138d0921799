"""What is kept of a programme at its closing: written once as JSON, and read back as the score that it was."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from organizzazioni.models import Organizzazione, Utente

from ..models import Chiusura, Criterio, ProgrammaPage, Riconoscimento
from ..punteggi import VERSIONE_REGOLE, Punteggio
from .quadri import Impegno, ImpegnoMisurato, QuadroPunteggio, RigaPunteggio

DEL_PROGRAMMA = ("anno", "dal", "scadenza", "aderenti_al", "atto_tipo", "atto_numero", "atto_data", "atto_riferimento")
DELL_ORGANIZZAZIONE = (
    "chiave",
    "denominazione",
    "aderente_dal",
    "aderente_fino_al",
    "family_audit",
    "family_audit_dal",
    "family_in_trentino",
    "family_in_trentino_dal",
)
DEL_RICONOSCIMENTO = (
    "data",
    "quantita_dichiarata",
    "quantita_riconosciuta",
    "nota",
    "deciso_il",
    "revocato_il",
    "motivo",
)
CONTATI = ("in_attesa",)
PAROLE = ("spiegazione", "mancanza")
NOMI_DI_PRIMA = {"evidenza": "campi_richiesti"}
"""Fields of a criterion that the closings of format 1 keep under another name."""


def fotografia(quadro: QuadroPunteggio, chiuso_il: datetime, chiuso_da: Utente) -> str:
    """Everything that made the score of `quadro`, as the JSON text that is kept."""
    dati = {
        "formato": 2,
        "regole": VERSIONE_REGOLE,
        "chiuso_il": chiuso_il,
        "chiuso_da": str(chiuso_da) if chiuso_da else None,
        "programma": {"titolo": quadro.programma.title} | _campi(quadro.programma, DEL_PROGRAMMA),
        "punteggio": {"al": quadro.al, "voci": [_voce(voce) for voce in quadro.voci]},
        "organizzazioni": [_campi(o, DELL_ORGANIZZAZIONE) for o in Organizzazione.objects.order_by("chiave")],
        "riconoscimenti": [_riconoscimento(riga) for riga in _riconoscimenti(quadro.programma)],
    }
    return json.dumps(dati, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)


def chiusura_del(programma: ProgrammaPage, chiuso_il: datetime | None) -> Chiusura | None:
    """What was kept at the closing of that moment; None for an open programme, or one closed before this was kept."""
    if chiuso_il is None:
        return None
    return Chiusura.objects.filter(programma=programma, chiuso_il=chiuso_il).select_related("chiuso_da").first()


def quadro_congelato(
    chiusura: Chiusura, programma: ProgrammaPage, al: date, scelte: Iterable[Impegno] | None = None
) -> QuadroPunteggio:
    """The score as it was kept, of the `scelte` or of all duties and actions."""
    visti = None if scelte is None else {criterio.pk for voce in scelte for criterio in voce.criteri}
    voci = []
    for voce in json.loads(chiusura.contenuto)["punteggio"]["voci"]:
        righe = tuple(
            RigaPunteggio(_criterio(riga["criterio"], programma), _punteggio(riga["punteggio"]))
            for riga in voce["righe"]
            if visti is None or riga["criterio"]["id"] in visti
        )
        if righe:
            sue = {nome: voce[nome] for nome in ("codice", "titolo", "area", "del_manager")}
            voci.append(ImpegnoMisurato(**sue, criteri=tuple(riga.criterio for riga in righe), righe=righe))
    return QuadroPunteggio(programma, al, tuple(voci), chiusura=chiusura)


def diverse(congelato: QuadroPunteggio, ricalcolato: QuadroPunteggio) -> list[tuple[str, str, str]]:
    """(code, as it was kept, as it is reckoned now) of the criteria whose sum is another; `–` where one is missing."""
    prima, ora = (
        {riga.criterio.codice: riga.punteggio.spiegazione for riga in quadro.righe}
        for quadro in (congelato, ricalcolato)
    )
    return [(c, prima.get(c, "–"), ora.get(c, "–")) for c in prima | ora if prima.get(c) != ora.get(c)]


def _voce(voce: ImpegnoMisurato) -> dict:
    righe = [{"criterio": _del_criterio(r.criterio), "punteggio": asdict(r.punteggio)} for r in voce.righe]
    return _campi(voce, ("codice", "titolo", "area", "del_manager", "indicativo")) | {"righe": righe}


def _del_criterio(criterio: Criterio) -> dict:
    return _campi(criterio, [campo.attname for campo in Criterio._meta.concrete_fields])


def _criterio(dati: dict, programma: ProgrammaPage) -> Criterio:
    """The criterion as it was kept: not to be saved. A field that came later has its default."""
    dati = {NOMI_DI_PRIMA.get(nome, nome): valore for nome, valore in dati.items()}
    campi = {campo.attname: campo for campo in Criterio._meta.concrete_fields}
    criterio = Criterio(**{nome: campi[nome].to_python(valore) for nome, valore in dati.items() if nome in campi})
    criterio.programma = programma
    return criterio


def _punteggio(dati: dict) -> Punteggio:
    def valore(nome: str) -> Any:
        detto = dati[nome]
        return detto if detto is None or nome in CONTATI + PAROLE else Decimal(detto)

    return Punteggio(**{campo.name: valore(campo.name) for campo in fields(Punteggio)})


def _riconoscimenti(programma: ProgrammaPage) -> QuerySet:
    righe = Riconoscimento.objects.del_programma(programma).select_related(
        "evidenza__organizzazione", "criterio", "deciso_da", "revocato_da"
    )
    return righe.prefetch_related("organizzazioni").order_by("criterio__posizione", "pk")


def _riconoscimento(riga: Riconoscimento) -> dict:
    return {
        "criterio": riga.criterio.codice,
        "evidenza": riga.evidenza_id,
        "titolo": riga.evidenza.titolo,
        "inviata_per": riga.evidenza.organizzazione.chiave,
        "organizzazioni": sorted(ente.chiave for ente in riga.organizzazioni.all()),
        "deciso_da": str(riga.deciso_da) if riga.deciso_da else None,
        "revocato_da": str(riga.revocato_da) if riga.revocato_da else None,
    } | _campi(riga, DEL_RICONOSCIMENTO)


def _campi(oggetto: Any, nomi: Iterable[str]) -> dict:
    return {nome: getattr(oggetto, nome) for nome in nomi}
