"""The programme of a year made from that of the year before, and the files of the acts that approve it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from base.allegati import FileAccettato
from base.storia import a_nome_di

from .. import permissions
from ..anni import nell_anno, un_anno_dopo
from ..models import AttoDelProgramma, AzionePage, Criterio, ProgrammaPage, ReferenteAzione
from ..selettori.prontezza import ultime_parole
from .comuni import esigi

TESTI_DELL_AZIONE = (
    "area",
    "obiettivo_generale",
    "obiettivo_specifico",
    "azioni",
    "altre_testo",
    "indicatori",
    "percentuali",
)
NON_SI_COPIA = {"id", "programma", "azione", "codice", "posizione", "precedente", "offerto", "testo_atto", "tolto"}
"""Of a criterion: its place, the total of its year, the words of its act."""
DEL_PROGRAMMA = ("note", "pubblica_avanzamento")


@dataclass(frozen=True)
class AzioneNuova:
    """What is known of an action that last year did not have."""

    titolo: str
    area: str


@transaction.atomic
def prepara_programma(
    precedente: ProgrammaPage, utente, scelte: Mapping[int, str], nuove: Iterable[AzioneNuova] = ()
) -> ProgrammaPage:
    """A draft of the year after `precedente`, with its actions and criteria, each tied to the one that it comes from.

    `scelte` maps the key of an action to its `AzionePage.Sorte`, or to nothing for one that is dropped; one that is
    not named is dropped too. Dates move by a year, actions are numbered again, acts and yearly totals start empty.
    `ValidationError` when that year has a programme already, or its days would be of another's.
    """
    esigi(permissions.puo_gestire_programma(utente))
    anno = precedente.anno + 1
    if ProgrammaPage.objects.filter(anno=anno).exists():
        raise ValidationError(f"Il programma {anno} c'è già")
    periodo = un_anno_dopo(precedente.dal), un_anno_dopo(precedente.scadenza)
    if altro := ProgrammaPage.objects.che_si_sovrappongono(*periodo).first():
        raise ValidationError(f"I giorni del {anno} sarebbero anche del programma {altro.anno}: prima correggi le date")
    with a_nome_di(utente):
        programma = _pagina(precedente, anno, utente)
        tenute = [(azione, scelte[azione.pk]) for azione in ultime_parole(precedente) if scelte.get(azione.pk)]
        azioni = [_copia_azione(a, programma, n, sorte, utente) for n, (a, sorte) in enumerate(tenute, start=1)]
        for numero, nuova in enumerate(nuove, start=len(azioni) + 1):
            _aggiungi(programma, AzionePage(numero=numero, title=nuova.titolo, area=nuova.area), utente)
        _copia_criteri(precedente, programma, azioni)
    log(instance=programma, action="programma.prepara", user=utente, data={"da": precedente.anno})
    return programma


def _pagina(precedente: ProgrammaPage, anno: int, utente) -> ProgrammaPage:
    titolo = nell_anno(precedente.title, precedente.anno, anno)
    programma = ProgrammaPage(
        title=titolo if titolo != precedente.title else f"Programma di lavoro {anno}",
        slug=str(anno),
        show_in_menus=False,
        anno=anno,
        dal=un_anno_dopo(precedente.dal),
        scadenza=un_anno_dopo(precedente.scadenza),
        aderenti_al=precedente.aderenti_al and un_anno_dopo(precedente.aderenti_al),
        **{campo: getattr(precedente, campo) for campo in DEL_PROGRAMMA},
    )
    return _aggiungi(precedente.get_parent(), programma, utente)


def _aggiungi(genitore, pagina, utente):
    """Below `genitore`, not yet public: the approval publishes it. Its address follows from its title."""
    pagina.live, pagina.owner = False, utente
    pagina.slug = pagina.slug or (slugify(pagina.title.replace("'", " ").replace("’", " "))[:200] or "azione")
    if genitore.get_children().filter(slug=pagina.slug).exists():
        pagina.slug = f"{pagina.slug}-{getattr(pagina, 'numero', None) or pagina.anno}"
    genitore.add_child(instance=pagina)
    pagina.save_revision(user=utente)
    return pagina


def _copia_azione(azione: AzionePage, programma: ProgrammaPage, numero: int, sorte: str, utente) -> AzionePage:
    vecchio = programma.anno - 1
    copia = AzionePage(
        numero=numero,
        title=azione.title,
        tempi=nell_anno(azione.tempi, vecchio, programma.anno),
        precedente=AzionePage.objects.get(pk=azione.pk),
        sorte=sorte,
        **{campo: getattr(azione, campo) for campo in TESTI_DELL_AZIONE},
    )
    copia.referenti = [
        ReferenteAzione(organizzazione=referente.organizzazione, sort_order=posto)
        for posto, referente in enumerate(azione.referenti.all())
    ]
    copia.altre = list(azione.altre.all())
    copia.classificazioni = list(azione.classificazioni.all())
    return _aggiungi(programma, copia, utente)


def _copia_criteri(precedente: ProgrammaPage, programma: ProgrammaPage, azioni: list[AzionePage]) -> None:
    nuova_di = {azione.precedente_id: azione for azione in azioni}
    vecchi = list(Criterio.objects.del_programma(precedente).in_vigore().in_ordine())
    tenuti = [c for c in vecchi if c.del_manager]
    for azione in azioni:  # in the order of the new numbers
        tenuti += [c for c in vecchi if c.azione_id == azione.precedente_id]
    for posizione, vecchio in enumerate(tenuti, start=1):
        sua = nuova_di.get(vecchio.azione_id)
        codice = f"{sua.codice}.{vecchio.codice.split('.', 1)[1]}" if sua else vecchio.codice
        campi = [campo for campo in Criterio._meta.concrete_fields if campo.name not in NON_SI_COPIA]
        Criterio.objects.create(
            programma=programma,
            azione=sua,
            codice=codice,
            posizione=posizione,
            precedente=vecchio,
            **{campo.attname: getattr(vecchio, campo.attname) for campo in campi},
        )


CAMPI_DEGLI_ATTI = {
    "delibera": ("delibera_organo", "delibera_numero", "delibera_data"),
    "trasmissione": ("protocollo_numero", "protocollo_data"),
    "determinazione": ("atto_tipo", "atto_numero", "atto_data", "atto_riferimento"),
}
"""Step of the path -> the fields of the programme that say it; the last day among them is the step's."""


@transaction.atomic
def scrivi_atti(
    programma: ProgrammaPage,
    utente,
    valori: Mapping[str, Any],
    file: Iterable[tuple[str, Any, FileAccettato]] = (),
    togli: Iterable[AttoDelProgramma] = (),
) -> ProgrammaPage:
    """Write organ, number and day of each step, and keep the files: (step, file, how `base.allegati` judged it).

    The words that wait in the editor stay there; what the public reads of the acts is said at once.
    """
    esigi(permissions.puo_gestire_programma(utente) and not programma.chiuso, "Il programma è chiuso")
    attuale = ProgrammaPage.objects.select_for_update(of=("self",)).get(pk=programma.pk)
    campi = {campo: valori[campo] for nomi in CAMPI_DEGLI_ATTI.values() for campo in nomi if campo in valori}
    cambiati = {campo: valore for campo, valore in campi.items() if getattr(attuale, campo) != valore}
    if cambiati:
        in_modifica = attuale.has_unpublished_changes
        ultima = attuale.get_latest_revision_as_object()
        for campo, valore in cambiati.items():
            setattr(ultima, campo, valore)
        ultima.save_revision(user=utente)
        ProgrammaPage.objects.filter(pk=attuale.pk).update(**cambiati, has_unpublished_changes=in_modifica)
    for passo, originale, esito in file:
        _tieni(attuale, utente, passo, originale, esito)
    for atto in togli:
        transaction.on_commit(partial(atto.file.storage.delete, str(atto.file.name)))
        log(instance=attuale, action="programma.atti", user=utente, data={"tolto": atto.nome, "sha256": atto.sha256})
        atto.delete()
    if cambiati:
        detti = {
            campo: valore.isoformat() if isinstance(valore, date) else valore for campo, valore in cambiati.items()
        }
        log(instance=attuale, action="programma.atti", user=utente, data=detti)
    attuale.refresh_from_db()
    return attuale


def _tieni(programma: ProgrammaPage, utente, passo: str, originale, esito: FileAccettato) -> None:
    impronta = hashlib.sha256(originale.read()).hexdigest()
    originale.seek(0)
    if programma.file_degli_atti.filter(passo=passo, sha256=impronta).exists():
        return
    atto = AttoDelProgramma(programma=programma, passo=passo, sha256=impronta, caricato_da=utente)
    atto.nome, atto.tipo, atto.dimensione = esito.nome, esito.tipo, esito.dimensione
    atto.file.save(esito.nome, originale, save=False)
    atto.save()
    log(instance=programma, action="programma.atti", user=utente, data={"file": esito.nome, "sha256": impronta})
