"""Who may do what with programmes, actions and evidence: predicates, locks and page permission testers."""

from django.db.models import QuerySet
from wagtail.locks import BaseLock
from wagtail.models import Page

from base.contesti import permessi_di, risposta_di
from base.permissions import PaginaPermissionTester
from organizzazioni.models import Chiunque, Organizzazione
from organizzazioni.permissions import (
    chi_decide_per_le_organizzazioni,
    e_coordinamento,
    e_manager,
    legge_tutto,
    puo_decidere_su,
)

from . import flusso
from .models import AzionePage, Criterio, Evidenza, ProgrammaPage
from .models.alimentazione import offerto_contato

# -- evidence ---------------------------------------------------------------------------------------------


def puo_leggere(utente: Chiunque, evidenza: Evidenza) -> bool:
    """Text and files: see `Evidenza.objects.visibili_a`."""
    return Evidenza.objects.visibili_a(utente).filter(pk=evidenza.pk).exists()


def puo_leggere_registro(utente: Chiunque) -> bool:
    """Who opens the register at all; which evidence, `Evidenza.objects.visibili_a` says."""
    return utente.is_active and (legge_tutto(utente) or Organizzazione.objects.di(utente).exists())


def puo_scrivere_per(utente: Chiunque) -> QuerySet:
    """The organisations for which `utente` may submit evidence (a QuerySet); managers act for any active one."""
    if not utente.is_active:
        return Organizzazione.objects.none()
    return Organizzazione.objects.attive() if e_manager(utente) else Organizzazione.objects.di(utente)


def _aperta(evidenza: Evidenza) -> bool:
    """Whether its year still takes changes: a draft may have no year yet."""
    return evidenza.programma is None or not evidenza.programma.chiuso


def puo_modificare(utente: Chiunque, evidenza: Evidenza) -> bool:
    """A draft or returned evidence, written in the form, of a programme that is not closed."""
    return (
        evidenza.modificabile
        and _aperta(evidenza)
        and puo_scrivere_per(utente).filter(pk=evidenza.organizzazione_id).exists()
    )


def puo_eliminare(utente: Chiunque, evidenza: Evidenza) -> bool:
    """A draft never recognised may be thrown away by who may edit it."""
    return evidenza.stato == flusso.BOZZA and puo_modificare(utente, evidenza)


def puo_richiamare(utente: Chiunque, evidenza: Evidenza) -> bool:
    """Only who submitted takes it back, while it waits; what was born from a content is withdrawn with it."""
    if evidenza.stato != flusso.INVIATA or not _aperta(evidenza) or evidenza.inviata_da_id is None:
        return False
    if evidenza.origine == evidenza.Origine.CONTENUTO:
        return False
    return utente.is_active and evidenza.inviata_da_id == utente.pk


def perche_non_decide(utente: Chiunque, evidenza: Evidenza) -> str:
    """Why the four-eyes rule (`puo_decidere_su`) keeps `utente` from deciding on `evidenza`; empty when it does not.

    `Evidenza.objects.decidibili_da` says the same to the database, and a test compares the two.
    """
    autori = evidenza.id_autori()
    if utente.pk in autori:
        return "Non puoi decidere su un'evidenza che hai scritto anche tu"
    del_manager = evidenza.del_manager_senza_firma
    if puo_decidere_su(utente, autori, chi_decide_per_le_organizzazioni() if autori else set(), del_manager):
        return ""
    if del_manager and e_manager(utente):
        return "È un compito del manager, o la invia il Distretto, e nessuno l'ha firmata: la decide Coordinamento"
    return "Questa evidenza la decide un'altra persona"


def puo_decidere(utente: Chiunque, evidenza: Evidenza) -> bool:
    """Approve or return: never one's own; organisations' for the managers, managers' for Coordinamento."""
    in_attesa = evidenza.stato == flusso.INVIATA and _aperta(evidenza)
    return in_attesa and not perche_non_decide(utente, evidenza)


def puo_revocare(utente: Chiunque, evidenza: Evidenza) -> bool:
    """Who could have approved it may revoke it, with the reason, until the programme is closed."""
    approvata = evidenza.stato == flusso.APPROVATA and _aperta(evidenza)
    return approvata and not perche_non_decide(utente, evidenza)


def decide(utente: Chiunque) -> bool:
    """Whether `utente` has a queue at all."""
    return utente.is_active and (e_manager(utente) or e_coordinamento(utente))


def puo_leggere_punteggio(utente: Chiunque) -> bool:
    """Who opens the score at all; which criteria, `Criterio.objects.con_punteggio_visibile_a` says."""
    return utente.is_active and (legge_tutto(utente) or Organizzazione.objects.di(utente).exists())


# -- pages of the programme -------------------------------------------------------------------------------


class BloccoProgramma(BaseLock):
    """What the act fixed is not edited: an approved programme locks its actions, a closed one everything."""

    def __init__(self, pagina: Page, messaggio: str) -> None:
        super().__init__(pagina)
        self.messaggio = messaggio

    def for_user(self, user: Chiunque) -> bool:
        return True

    def get_message(self, user: Chiunque) -> str:
        return self.messaggio

    def get_locked_by(self, user: Chiunque) -> str:
        return "Bloccata dallo stato del programma"

    def get_description(self, user: Chiunque) -> str:
        return self.messaggio


@risposta_di(ProgrammaPage, su="blocco")
def blocco_programma(programma: ProgrammaPage) -> BloccoProgramma | None:
    """The lock of a closed programme's own page, or None."""
    if programma.chiuso:
        return BloccoProgramma(programma, "Il programma è chiuso: per modificarlo va riaperto, indicando il motivo")
    return None


def _programma_di(azione: AzionePage) -> ProgrammaPage | None:
    """The programme above an action; None while it is not in the tree yet."""
    programma = azione.get_parent()
    return programma.specific if programma is not None and hasattr(programma.specific, "stato") else None


@risposta_di(AzionePage, su="blocco")
def blocco_azione(azione: AzionePage) -> BloccoProgramma | None:
    """The lock of an action, or None: sheets born during the year stay open until the programme is closed."""
    programma = _programma_di(azione)
    if programma is None:
        return None
    if programma.chiuso:
        return BloccoProgramma(azione, "Il programma è chiuso: le sue azioni non si modificano")
    if programma.stato == programma.Stato.APPROVATO and not azione.fuori_programma:
        return BloccoProgramma(azione, "Il programma è approvato: le azioni previste dall'atto non si modificano")
    return None


@permessi_di(ProgrammaPage)
class ProgrammaPermissionTester(PaginaPermissionTester):
    """A programme is not copied, moved or deleted once approved; a closed one takes no new action."""

    def _congelato(self) -> bool:
        return self.page.stato != self.page.Stato.BOZZA

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self._congelato() and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return not self._congelato() and super().can_move()

    def can_copy(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return not self._congelato() and super().can_unpublish()

    def can_publish(self) -> bool:
        """A draft, or one that is corrected, becomes public by its approval."""
        return self.page.stato == self.page.Stato.APPROVATO and super().can_publish()

    def can_publish_subpage(self) -> bool:
        return self.page.stato == self.page.Stato.APPROVATO and super().can_publish_subpage()

    def can_add_subpage(self) -> bool:
        return not self.page.chiuso and super().can_add_subpage()


@permessi_di(AzionePage)
class AzionePermissionTester(PaginaPermissionTester):
    """A locked action keeps its place and its words too."""

    def can_publish(self) -> bool:
        """Core looks at locks in the editor alone: a draft left from before the approval would go out in bulk.

        What a draft programme foresees becomes public by its approval.
        """
        programma = _programma_di(self.page)
        aspetta = (
            programma is not None
            and programma.in_attesa_dell_atto
            and not (self.page.fuori_programma and programma.live)
        )
        return not aspetta and blocco_azione(self.page) is None and super().can_publish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return blocco_azione(self.page) is None and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


def puo_gestire_programma(utente: Chiunque) -> bool:
    """Approve, close and reopen a programme, and write its criteria."""
    return utente.is_active and e_manager(utente)


CAMPI_SEMPRE_APERTI = ("offerto", "testo_atto")
"""Fields of a criterion that the act does not fix: they may be written until the programme is closed."""

PAROLE_DELL_UNITA = ("unita_plurale", "unita_genere")
"""Nor does it fix these: they may be written as long as one is missing."""


def campi_del_criterio(utente: Chiunque, criterio: Criterio) -> tuple:
    """The fields of `criterio` that `utente` may write now: all of a draft's, few once it is approved, none closed.

    What is offered is not typed where a register counts it.
    """
    campi = _campi_per_stato(utente, criterio)
    return tuple(campo for campo in campi if campo != "offerto") if offerto_contato(criterio) else campi


def _campi_per_stato(utente: Chiunque, criterio: Criterio) -> tuple:
    programma = criterio.programma
    if not puo_gestire_programma(utente) or programma.chiuso or criterio.tolto:
        return ()
    if programma.stato == programma.Stato.APPROVATO:
        if not criterio.pk:
            return ()
        mancano = criterio.unita and not all(getattr(criterio, campo) for campo in PAROLE_DELL_UNITA)
        return (*CAMPI_SEMPRE_APERTI, *PAROLE_DELL_UNITA) if mancano else CAMPI_SEMPRE_APERTI
    return (
        "azione",
        "area",
        "titolo",
        "codice",
        "indicatore",
        "regola",
        "percentuale",
        "unita",
        *PAROLE_DELL_UNITA,
        "distinte",
        "atteso",
        "offerto",
        "somma",
        "campi_richiesti",
        "prova",
        "parti",
        "intere",
        "solo_nuove",
        "link_ammessi",
        "conta_link",
        "luogo",
        "nota",
        "testo_atto",
    )


def puo_eliminare_criterio(utente: Chiunque, criterio: Criterio) -> bool:
    """Only while the programme is a draft."""
    return puo_gestire_programma(utente) and criterio.programma.in_attesa_dell_atto and not criterio.tolto


def puo_leggere_decisioni(utente: Chiunque) -> bool:
    """The log of decisions, of every organisation."""
    return utente.is_active and e_manager(utente)
