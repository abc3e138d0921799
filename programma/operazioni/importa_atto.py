"""Bringing the official act of a year into its programme: all of a draft that is empty, the act's words of another."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Site

from base.differenze import Differenza
from base.storia import a_nome_di
from organizzazioni.caricamento import importa_distretto, importa_organizzazioni

from .. import permissions
from ..atto import AttoLetto
from ..caricamento import importa_programma, scrivi_parole
from ..impianto import Impianto, ImpiantoAzione, leggi_impianto
from ..models import AzionePage, ProgrammaPage, ProgrammiIndexPage
from .comuni import esigi

IMPORTATO = "programma.atto"
SITO_VUOTO = "Il sito è vuoto: prima si carica un file d'impianto, con «carica_programma»"


@dataclass
class AttoImportato:
    """What an import wrote (`differenze`), and where the programme says something else and was left so (`lasciate`)."""

    anno: int
    stato: str = ProgrammaPage.Stato.BOZZA
    differenze: list[Differenza] = field(default_factory=list)
    lasciate: list[Differenza] = field(default_factory=list)
    programma: ProgrammaPage | None = None


class _Prova(Exception):
    """Ends a dry run: everything was tried, nothing stays."""


def importa_atto(letto: AttoLetto, impronta: str, utente=None, *, prova: bool = False) -> AttoImportato:
    """Write what the act says into the programme of its year; with `prova` nothing is written.

    A programme that is new, or a draft, takes all that it does not have yet; an approved one only the act's own words
    that it lacks. Nothing that people wrote is changed or deleted. `utente` is None for a command. Raises
    `ValidationError` when the programme is closed or the site has no programmes, `FileNonValido` when the facts cannot
    be kept.
    """
    esigi(utente is None or permissions.puo_gestire_programma(utente))
    impianto = leggi_impianto(letto.impianto, completo=False)
    esito = AttoImportato(letto.anno)
    try:
        with transaction.atomic(), a_nome_di(utente):
            _importa(impianto, esito)
            if prova:
                raise _Prova
            if esito.differenze:
                modifiche = [str(differenza) for differenza in esito.differenze]
                log(
                    instance=esito.programma,
                    action=IMPORTATO,
                    user=utente,
                    data={"impronta": impronta, "modifiche": modifiche},
                )
    except _Prova:
        esito.programma = ProgrammaPage.objects.filter(anno=letto.anno).first()
    return esito


def _importa(impianto: Impianto, esito: AttoImportato) -> None:
    indice = ProgrammiIndexPage.objects.first()
    if indice is None:
        raise ValidationError(SITO_VUOTO)
    programma = ProgrammaPage.objects.select_for_update(of=("self",)).filter(anno=esito.anno).first()
    if programma is not None and programma.chiuso:
        raise ValidationError(f"Il programma {programma.anno} è chiuso: per importare l'atto va prima riaperto")
    if programma is not None and programma.stato == ProgrammaPage.Stato.APPROVATO:
        esito.stato = ProgrammaPage.Stato.APPROVATO
        _solo_le_parole(impianto, programma, esito)
        esito.programma = programma
        return
    organizzazioni = importa_organizzazioni(impianto.organizzazioni, esito.differenze, esito.lasciate)
    sito = Site.objects.filter(is_default_site=True).first()
    if sito is not None:
        importa_distretto(impianto.distretto, organizzazioni, sito, esito.differenze, esito.lasciate)
    esito.programma = importa_programma(
        impianto.programma, organizzazioni, indice, "", esito.differenze, esito.lasciate
    )


def _solo_le_parole(impianto: Impianto, programma: ProgrammaPage, esito: AttoImportato) -> None:
    """The act's words of the actions and criteria that the approved programme has, where they are the same."""
    azioni = {azione.numero: azione for azione in AzionePage.objects.child_of(programma).filter(fuori_programma=False)}
    for dato in impianto.programma.azioni:
        azione = azioni.get(dato.numero)
        if azione is None or not _la_stessa(azione, dato):
            titolo = azione.title if azione else None
            esito.lasciate.append(Differenza(f"azione {dato.numero}", titolo, dato.titolo))
            continue
        scrivi_parole(azione, dato, esito.differenze, esito.lasciate)
    criteri = {criterio.codice: criterio for criterio in programma.criteri.in_vigore()}
    for dato_del_criterio in impianto.programma.criteri:
        criterio = criteri.get(dato_del_criterio.codice)
        percorso = f"criterio {dato_del_criterio.codice}"
        if criterio is None or criterio.percentuale != dato_del_criterio.percentuale:
            indicatore = criterio.indicatore if criterio else None
            esito.lasciate.append(Differenza(percorso, indicatore, dato_del_criterio.indicatore))
        elif not criterio.testo_atto and dato_del_criterio.testo_atto:
            esito.differenze.append(Differenza(f"{percorso}.testo_atto", "", dato_del_criterio.testo_atto))
            criterio.testo_atto = dato_del_criterio.testo_atto
            criterio.save()


def _la_stessa(azione: AzionePage, dato: ImpiantoAzione) -> bool:
    """Whether the action has the title that the act gives to its number, or the act's was not read."""
    parole = dict(dato.atto)
    return "titolo" not in parole or _nudo(azione.title) == _nudo(dato.titolo)


def _nudo(titolo: str) -> str:
    return "".join(segno for segno in titolo.casefold() if segno.isalnum())
