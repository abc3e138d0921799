"""What the public finds: the only functions that write `VoceConvenzione`."""

from django.db import transaction

from base.parole import chiave_ordine

from ..indicizzazione import crea_scheda, raccogli, radici
from ..models import Categoria, ConvenzionePage, SezioneConvenzioniPage, VoceConvenzione


@transaction.atomic
def indicizza(convenzione: ConvenzionePage) -> None:
    """Let the public find `convenzione` as it is published now. Calling it again changes nothing."""
    _indicizza([convenzione])


@transaction.atomic
def reindicizza() -> int:
    """Throw the index away and make it again from the live conventions; how many they are."""
    VoceConvenzione.objects.all().delete()
    return _indicizza_insieme(ConvenzionePage.objects.live().filter(alias_of=None))


def aggiorna_convenzioni_di(categoria: Categoria) -> None:
    """Let the conventions of `categoria` say its name as it is now. In the worker, where there is one."""
    from ..tasks import aggiorna_convenzioni

    aggiorna_convenzioni.enqueue(categoria.pk)


@transaction.atomic
def aggiorna_ora(categoria: int) -> None:
    """The same, at once; `categoria` is a primary key."""
    _indicizza_insieme(ConvenzionePage.objects.live().filter(alias_of=None, categoria=categoria))


def _indicizza_insieme(convenzioni):
    tutte = list(convenzioni.select_related("categoria"))
    raccogli(tutte)
    _indicizza(tutte)
    return len(tutte)


def _indicizza(convenzioni):
    percorsi = {c.path[: -c.steplen] for c in convenzioni}
    sezioni = SezioneConvenzioniPage.objects.filter(path__in=percorsi).select_related("organizzazione")
    enti = {sezione.path: str(sezione.organizzazione) for sezione in sezioni}
    for convenzione in convenzioni:
        scheda = crea_scheda(convenzione, enti.get(convenzione.path[: -convenzione.steplen], ""))
        VoceConvenzione.objects.update_or_create(
            convenzione=convenzione,
            defaults={
                "ordine": chiave_ordine(scheda.nome),
                "dati": scheda.come_dati(),
                "radici": radici(scheda),
            },
        )


def togli(convenzione: ConvenzionePage) -> None:
    """The public no longer finds `convenzione`."""
    VoceConvenzione.objects.filter(convenzione=convenzione).delete()
