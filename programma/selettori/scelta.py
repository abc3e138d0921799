"""The criteria that a fact of a day may serve, from what happened: a few likely ones, those found, then all."""

from collections.abc import Iterable
from datetime import date

from organizzazioni.models import Organizzazione, Utente
from organizzazioni.permissions import e_manager

from ..che_cosa import TIPI_DI_FATTO, di_chiunque, tipo_di_fatto, trovati
from ..indizi import probabili_con_link
from ..models import Criterio, ProgrammaPage
from .alimentazione import perche_senza_criteri


def scelta_del_criterio(utente: Utente, giorno: date | None, chiave: str, cerca: str, link: Iterable[str] = ()) -> dict:
    """What the choice shows to `utente` of the criteria of `giorno`, for the kind `chiave` and these words; `link` are
    the addresses that one has in hand."""
    criteri = list(Criterio.objects.del_giorno(giorno))
    delle_sue = (
        Criterio.objects.delle_azioni_di(Organizzazione.objects.di(utente)).order_by().values_list("pk", flat=True)
    )
    suoi, manager, tipo = set(delle_sue), e_manager(utente), tipo_di_fatto(chiave)
    propri = [criterio for criterio in criteri if criterio.pk in suoi]
    return {
        "giorno": giorno,
        "tipi": TIPI_DI_FATTO,
        "tipo": tipo,
        "probabili": probabili_con_link(criteri, tipo, suoi, manager, link) if tipo else [],
        "cerca": cerca,
        "trovati": trovati(criteri, cerca),
        "di_chiunque": [] if propri or manager else [criterio for criterio in criteri if di_chiunque(criterio)],
        "propri": propri,
        "altri": [criterio for criterio in criteri if criterio.pk not in suoi],
        "perche_nessuno": perche_senza_criteri(giorno) if giorno else "",
        "aperti": ProgrammaPage.objects.aperti(),
    }
