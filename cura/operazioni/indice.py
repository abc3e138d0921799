"""What the public search reads: made at publication, thrown away and made again at will."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from base.parole import chiave_ordine, radice
from base.percorsi import madre, sotto

from .. import insiemi as bit
from ..dichiarazione import Cura
from ..models import InsiemeFaccetta, InsiemeParola, Parola, VoceIndice

TUTTI = InsiemeFaccetta.TUTTI
LOTTO = 500
"""How many entries, or words, are written at a time."""
ALLA_VOLTA = 50
"""How many entries change under readers and writers at a time."""

Valore = tuple[str, str]
"""A facet and one of its values."""


@transaction.atomic
def indicizza(cura: Cura, *pagine: Any) -> None:
    """Let the public find `pagine` as they are published now, without those that not everyone may read.

    Calling it again changes nothing.
    """
    leggibili = {*cura.pubblicati().filter(pk__in=[pagina.pk for pagina in pagine]).values_list("pk", flat=True)}
    togli(cura, *(pagina for pagina in pagine if pagina.pk not in leggibili))
    pagine = tuple(pagina for pagina in pagine if pagina.pk in leggibili)
    insiemi = _insiemi_fermi(cura.ambito)
    voci = {voce.pagina_id: voce for voce in cura.voci.filter(pagina__in=[pagina.pk for pagina in pagine])}
    enti = cura.sezioni(madre(pagina.path) for pagina in pagine)
    cornice, occupate = cura.cornice(), bit.da_byte(insiemi[TUTTI].posizioni)
    delle_voci, parole = {}, {}
    for pagina in pagine:
        vecchia = voci.get(pagina.pk)
        posizione = vecchia.posizione if vecchia else _prima_libera(occupate)
        occupate |= 1 << posizione
        voce, valori = _voce(cura, pagina, posizione, enti.get(madre(pagina.path)), cornice)
        voce.pk = vecchia.pk if vecchia else None
        voce.save()
        delle_voci[posizione] = {*valori, TUTTI}
        parole[posizione] = vecchia.parole if vecchia else {}, voce.parole
    _segna(cura.ambito, insiemi, delle_voci)
    _segna_parole(cura.ambito, parole)
    _riordina(cura)


def aggiorna(cura: Cura, pagine: QuerySet) -> None:
    """`indicizza` those of `pagine` that the public reads, some at a time: nobody who publishes waits for them all."""
    chiavi = list(cura.pubblicati().filter(pk__in=pagine).values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), ALLA_VOLTA):
        lotto = list(cura.pubblicati().filter(pk__in=chiavi[inizio : inizio + ALLA_VOLTA]))
        cura.raccogli(lotto)
        indicizza(cura, *lotto)


@transaction.atomic
def togli(cura: Cura, *pagine: Any) -> None:
    """The public no longer finds `pagine`."""
    if not pagine:
        return
    insiemi = _insiemi_fermi(cura.ambito)
    voci = list(cura.voci.filter(pagina__in=[pagina.pk for pagina in pagine]))
    if voci:
        _segna(cura.ambito, insiemi, {voce.posizione: set() for voce in voci})
        _segna_parole(cura.ambito, {voce.posizione: (voce.parole, {}) for voce in voci})
        cura.voci.filter(pk__in=[voce.pk for voce in voci]).delete()
        _riordina(cura)


@transaction.atomic
def riallinea(cura: Cura, percorso: str) -> None:
    """What stands at `percorso` or below is found as it is now: it was moved, or only some may read it any more."""
    qui = cura.modello.objects.filter(sotto([percorso]))
    tolte = qui.filter(voce__isnull=False).exclude(pk__in=cura.pubblicati().values("pk"))
    togli(cura, *tolte)
    aggiorna(cura, qui)


@transaction.atomic
def reindicizza(cura: Cura, avanza: Callable[[int], Any] = lambda quante: None) -> int:
    """Throw the index away and make it again from the live entries; how many they are. `avanza` is told on the way."""
    _insiemi_fermi(cura.ambito)
    Parola.objects.filter(ambito=cura.ambito).delete()
    cura.voci.delete()
    InsiemeFaccetta.objects.filter(ambito=cura.ambito).exclude(faccetta="").delete()
    cornice, enti = cura.cornice(), cura.sezioni()
    posizioni: dict[Valore, list[int]] = {TUTTI: []}
    delle_parole: dict[tuple[str, int], list[int]] = {}
    chiavi = list(cura.pubblicati().order_by("path").values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), LOTTO):
        pagine = list(cura.pubblicati().filter(pk__in=chiavi[inizio : inizio + LOTTO]).order_by("path"))
        cura.raccogli(pagine)
        voci = []
        for n, pagina in enumerate(pagine, start=inizio):
            voce, valori = _voce(cura, pagina, n, enti.get(madre(pagina.path)), cornice)
            voci.append(voce)
            for valore in {*valori, TUTTI}:
                posizioni.setdefault(valore, []).append(n)
            for parola_e_peso in voce.parole.items():
                delle_parole.setdefault(parola_e_peso, []).append(n)
        VoceIndice.objects.bulk_create(voci)
        avanza(inizio + len(pagine))
    _scrivi(cura.ambito, {valore: bit.insieme(quali) for valore, quali in posizioni.items()})
    _scrivi_parole(cura.ambito, {voce: bit.insieme(quali) for voce, quali in delle_parole.items()})
    _riordina(cura)
    return len(chiavi)


def dimentica(cura: Cura, faccetta: str, valore: str) -> None:
    """Nothing is found under this value any more, which is about to go."""
    InsiemeFaccetta.objects.filter(ambito=cura.ambito, faccetta=faccetta, valore=valore).delete()


def _voce(cura, pagina, posizione, organizzazione, cornice):
    """What the index keeps of `pagina`, and the values of the facets under which it is found."""
    scheda = cura.crea_scheda(pagina, organizzazione)
    voce = VoceIndice(
        ambito=cura.ambito,
        posizione=posizione,
        pagina_id=pagina.pk,
        ordine=chiave_ordine(scheda.nome),
        dati=scheda.come_dati(),
        parole=cura.pesi(pagina, scheda),
    )
    di_chi = organizzazione.chiave if organizzazione else ""
    return voce, {*cura.valori(pagina, scheda, cornice), (bit.SEZIONE, di_chi)}


def _insiemi_fermi(ambito: str) -> dict[Valore, InsiemeFaccetta]:
    """Every set, read once nobody else can change them: who writes the index holds the row of all the entries."""
    suoi = InsiemeFaccetta.objects.filter(ambito=ambito)
    suoi.get_or_create(ambito=ambito, faccetta="", valore="")
    suoi.select_for_update().get(faccetta="", valore="")
    righe = {(riga.faccetta, riga.valore): riga for riga in suoi}
    return {valore: riga for valore, riga in righe.items() if valore != InsiemeFaccetta.ORDINE}


def _prima_libera(occupate: int) -> int:
    """The lowest position that no entry has, so that the sets stay short."""
    return (~occupate & (occupate + 1)).bit_length() - 1


def _segna(ambito: str, insiemi: dict[Valore, InsiemeFaccetta], valori: dict[int, set[Valore]]) -> None:
    """Let the entry in each position be in the sets of `valori`, and in no other."""
    cambiati = {}
    for voce in set(insiemi).union(*valori.values()):
        prima = dopo = bit.da_byte(insiemi[voce].posizioni) if voce in insiemi else 0
        for posizione, sue in valori.items():
            dopo = dopo | 1 << posizione if voce in sue else dopo & ~(1 << posizione)
        if dopo != prima:
            cambiati[voce] = dopo
    _scrivi(ambito, cambiati)


def _scrivi(ambito: str, insiemi: dict[Valore, int]) -> None:
    """Save these sets; those that are left empty go away."""
    vuoti = [voce for voce, valore in insiemi.items() if not valore and voce != TUTTI]
    for faccetta, valore in vuoti:
        InsiemeFaccetta.objects.filter(ambito=ambito, faccetta=faccetta, valore=valore).delete()
    InsiemeFaccetta.objects.bulk_create(
        [
            InsiemeFaccetta(ambito=ambito, faccetta=faccetta, valore=valore, posizioni=bit.in_byte(posizioni))
            for (faccetta, valore), posizioni in insiemi.items()
            if (faccetta, valore) not in vuoti
        ],
        update_conflicts=True,
        unique_fields=["ambito", "faccetta", "valore"],
        update_fields=["posizioni"],
    )


def _riordina(cura: Cura) -> None:
    """Keep the positions in order of name, so that no list has to ask for it."""
    per_nome = cura.voci.order_by("ordine", "posizione").values_list("posizione", flat=True)
    faccetta, valore = InsiemeFaccetta.ORDINE
    InsiemeFaccetta.objects.update_or_create(
        ambito=cura.ambito, faccetta=faccetta, valore=valore, defaults={"posizioni": bit.in_fila(per_nome)}
    )


def _segna_parole(ambito: str, cambi: dict[int, tuple[dict[str, int], dict[str, int]]]) -> None:
    """Let the entry in each position weigh, by word, the second of its pair where it weighed the first."""
    via: dict[tuple[str, int], int] = {}
    nuove: dict[tuple[str, int], int] = {}
    for posizione, (prima, dopo) in cambi.items():
        for voci, quali in ((via, prima.items() - dopo.items()), (nuove, dopo.items() - prima.items())):
            for voce in quali:
                voci[voce] = voci.get(voce, 0) | 1 << posizione
    parole = {parola for parola, _ in {*via, *nuove}}
    righe = InsiemeParola.objects.filter(parola__ambito=ambito, parola__parola__in=parole).select_related("parola")
    insiemi = {(riga.parola.parola, riga.peso): bit.da_byte(riga.posizioni) for riga in righe}
    cambiati = {voce: insiemi.get(voce, 0) & ~via.get(voce, 0) | nuove.get(voce, 0) for voce in {*via, *nuove}}
    _scrivi_parole(ambito, cambiati)


def _scrivi_parole(ambito: str, insiemi: dict[tuple[str, int], int]) -> None:
    """Save the entries of these words, by word and weight. A word that no entry has leaves the vocabulary: nobody is
    corrected towards it."""
    parole = sorted({parola for parola, _ in insiemi})
    Parola.objects.bulk_create(
        [
            Parola(ambito=ambito, parola=parola, radice=radice(parola), rovescia=radice(parola)[::-1])
            for parola in parole
        ],
        batch_size=LOTTO,
        ignore_conflicts=True,
    )
    chiavi: dict[str, int] = {}
    for inizio in range(0, len(parole), LOTTO):
        trovati = Parola.objects.filter(ambito=ambito, parola__in=parole[inizio : inizio + LOTTO])
        chiavi |= trovati.values_list("parola", "pk")
    vuoti = Q()
    for (parola, peso), valore in insiemi.items():
        if not valore:
            vuoti |= Q(parola=chiavi[parola], peso=peso)
    if vuoti:
        InsiemeParola.objects.filter(vuoti).delete()
    InsiemeParola.objects.bulk_create(
        [
            InsiemeParola(parola_id=chiavi[parola], peso=peso, posizioni=bit.in_byte(valore))
            for (parola, peso), valore in insiemi.items()
            if valore
        ],
        batch_size=LOTTO,
        update_conflicts=True,
        unique_fields=["parola", "peso"],
        update_fields=["posizioni"],
    )
    if vuoti:
        Parola.objects.filter(pk__in=[chiavi[parola] for parola in parole], insiemi=None).delete()
