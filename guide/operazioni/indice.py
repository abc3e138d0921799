"""What the public search reads: made at publication, thrown away and made again at will."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from base.parole import chiave_ordine, radice

from .. import filtri
from ..indicizzazione import Cornice, crea_scheda, faccette, pesi, pubblicati, raccogli
from ..models import InsiemeFaccetta, InsiemeTermine, ServizioPage, SezioneGuidaPage, Termine, VoceGuida

TUTTI = InsiemeFaccetta.TUTTI
LOTTO = 500
"""How many entries, or words, are written at a time."""
ALLA_VOLTA = 50
"""How many entries change under readers and writers at a time."""


@transaction.atomic
def indicizza(*servizi: ServizioPage) -> None:
    """Let the public find `servizi` as they are published now. Calling it again changes nothing."""
    insiemi = _blocca()
    voci = {voce.servizio_id: voce for voce in VoceGuida.objects.filter(servizio__in=servizi)}
    madri = {servizio.path[: -servizio.steplen] for servizio in servizi}
    sezioni = dict(SezioneGuidaPage.objects.filter(path__in=madri).values_list("path", "organizzazione__chiave"))
    cornice, occupate = Cornice.leggi(), filtri.da_byte(insiemi[TUTTI].posizioni)
    sotto, parole = {}, {}
    for servizio in servizi:
        voce = voci.get(servizio.pk)
        posizione = voce.posizione if voce else _prima_libera(occupate)
        occupate |= 1 << posizione
        scheda = crea_scheda(servizio)
        per_parola = pesi(servizio, scheda)
        VoceGuida.objects.update_or_create(
            posizione=posizione,
            defaults={
                "servizio": servizio,
                "ordine": chiave_ordine(scheda.nome),
                "dati": scheda.come_dati(),
                "parole": per_parola,
            },
        )
        organizzazione = sezioni.get(servizio.path[: -servizio.steplen], "")
        sotto[posizione] = {*faccette(servizio, scheda, cornice, organizzazione), TUTTI}
        parole[posizione] = voce.parole if voce else {}, per_parola
    _segna(insiemi, sotto)
    _segna_parole(parole)
    _riordina()


def aggiorna(servizi: QuerySet[ServizioPage]) -> None:
    """`indicizza` those of `servizi` that the public reads, some at a time: nobody who publishes waits for them all."""
    chiavi = list(pubblicati().filter(pk__in=servizi).values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), ALLA_VOLTA):
        lotto = list(pubblicati().filter(pk__in=chiavi[inizio : inizio + ALLA_VOLTA]))
        raccogli(lotto)
        indicizza(*lotto)


@transaction.atomic
def togli(servizio: ServizioPage) -> None:
    """The public no longer finds `servizio`."""
    insiemi = _blocca()
    voce = VoceGuida.objects.filter(servizio=servizio).first()
    if voce is not None:
        _segna(insiemi, {voce.posizione: set()})
        _segna_parole({voce.posizione: (voce.parole, {})})
        voce.delete()
        _riordina()


@transaction.atomic
def reindicizza(avanza: Callable[[int], Any] = lambda quante: None) -> int:
    """Throw the index away and make it again from the live entries; how many they are. `avanza` is told on the way."""
    _blocca()
    Termine.objects.all().delete()
    VoceGuida.objects.all().delete()
    InsiemeFaccetta.objects.exclude(faccetta="").delete()
    cornice = Cornice.leggi()
    sezioni = dict(SezioneGuidaPage.objects.values_list("path", "organizzazione__chiave"))
    posizioni: dict[tuple[str, str], list[int]] = {TUTTI: []}
    delle_parole: dict[tuple[str, int], list[int]] = {}
    chiavi = list(pubblicati().order_by("path").values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), LOTTO):
        servizi = list(pubblicati().filter(pk__in=chiavi[inizio : inizio + LOTTO]).order_by("path"))
        raccogli(servizi)
        voci = []
        for n, servizio in enumerate(servizi, start=inizio):
            scheda = crea_scheda(servizio)
            per_parola = pesi(servizio, scheda)
            voci.append(
                VoceGuida(
                    posizione=n,
                    servizio=servizio,
                    ordine=chiave_ordine(scheda.nome),
                    dati=scheda.come_dati(),
                    parole=per_parola,
                )
            )
            organizzazione = sezioni.get(servizio.path[: -servizio.steplen], "")
            for voce in {*faccette(servizio, scheda, cornice, organizzazione), TUTTI}:
                posizioni.setdefault(voce, []).append(n)
            for parola_e_peso in per_parola.items():
                delle_parole.setdefault(parola_e_peso, []).append(n)
        VoceGuida.objects.bulk_create(voci)
        avanza(inizio + len(servizi))
    _scrivi({voce: filtri.insieme(quali) for voce, quali in posizioni.items()})
    _scrivi_parole({voce: filtri.insieme(quali) for voce, quali in delle_parole.items()})
    _riordina()
    return len(chiavi)


def _blocca() -> dict[tuple[str, str], InsiemeFaccetta]:
    """Every set, read once nobody else can change them: who writes the index holds the row of all the entries."""
    InsiemeFaccetta.objects.get_or_create(faccetta="", valore="")
    InsiemeFaccetta.objects.select_for_update().get(faccetta="", valore="")
    righe = {(riga.faccetta, riga.valore): riga for riga in InsiemeFaccetta.objects.all()}
    return {voce: riga for voce, riga in righe.items() if voce != InsiemeFaccetta.ORDINE}


def _prima_libera(occupate: int) -> int:
    """The lowest position that no entry has, so that the sets stay short."""
    return (~occupate & (occupate + 1)).bit_length() - 1


def _segna(insiemi: dict[tuple[str, str], InsiemeFaccetta], sotto: dict[int, set[tuple[str, str]]]) -> None:
    """Let the entry in each position be in the sets of `sotto`, and in no other."""
    cambiati = {}
    for voce in set(insiemi).union(*sotto.values()):
        prima = dopo = filtri.da_byte(insiemi[voce].posizioni) if voce in insiemi else 0
        for posizione, sue in sotto.items():
            dopo = dopo | 1 << posizione if voce in sue else dopo & ~(1 << posizione)
        if dopo != prima:
            cambiati[voce] = dopo
    _scrivi(cambiati)


def _scrivi(insiemi: dict[tuple[str, str], int]) -> None:
    """Save these sets; those that are left empty go away."""
    vuoti = [voce for voce, valore in insiemi.items() if not valore and voce != TUTTI]
    for faccetta, valore in vuoti:
        InsiemeFaccetta.objects.filter(faccetta=faccetta, valore=valore).delete()
    InsiemeFaccetta.objects.bulk_create(
        [
            InsiemeFaccetta(faccetta=faccetta, valore=valore, posizioni=filtri.in_byte(posizioni))
            for (faccetta, valore), posizioni in insiemi.items()
            if (faccetta, valore) not in vuoti
        ],
        update_conflicts=True,
        unique_fields=["faccetta", "valore"],
        update_fields=["posizioni"],
    )


def _riordina() -> None:
    """Keep the positions in order of name, so that no list has to ask for it."""
    per_nome = VoceGuida.objects.order_by("ordine", "posizione").values_list("posizione", flat=True)
    faccetta, valore = InsiemeFaccetta.ORDINE
    InsiemeFaccetta.objects.update_or_create(
        faccetta=faccetta, valore=valore, defaults={"posizioni": filtri.in_fila(per_nome)}
    )


def _segna_parole(cambi: dict[int, tuple[dict[str, int], dict[str, int]]]) -> None:
    """Let the entry in each position weigh, by word, the second of its pair where it weighed the first."""
    via: dict[tuple[str, int], int] = {}
    nuove: dict[tuple[str, int], int] = {}
    for posizione, (prima, dopo) in cambi.items():
        for voci, quali in ((via, prima.items() - dopo.items()), (nuove, dopo.items() - prima.items())):
            for voce in quali:
                voci[voce] = voci.get(voce, 0) | 1 << posizione
    parole = {parola for parola, _ in {*via, *nuove}}
    righe = InsiemeTermine.objects.filter(termine__parola__in=parole).select_related("termine")
    insiemi = {(riga.termine.parola, riga.peso): filtri.da_byte(riga.posizioni) for riga in righe}
    _scrivi_parole({voce: insiemi.get(voce, 0) & ~via.get(voce, 0) | nuove.get(voce, 0) for voce in {*via, *nuove}})


def _scrivi_parole(insiemi: dict[tuple[str, int], int]) -> None:
    """Save the entries of these words, by word and weight. A word that no entry has leaves the vocabulary: nobody is
    corrected towards it."""
    parole = sorted({parola for parola, _ in insiemi})
    Termine.objects.bulk_create(
        [Termine(parola=parola, radice=radice(parola)) for parola in parole], batch_size=LOTTO, ignore_conflicts=True
    )
    termini: dict[str, int] = {}
    for inizio in range(0, len(parole), LOTTO):
        trovati = Termine.objects.filter(parola__in=parole[inizio : inizio + LOTTO])
        termini |= trovati.values_list("parola", "pk")
    vuoti = Q()
    for (parola, peso), valore in insiemi.items():
        if not valore:
            vuoti |= Q(termine=termini[parola], peso=peso)
    if vuoti:
        InsiemeTermine.objects.filter(vuoti).delete()
    InsiemeTermine.objects.bulk_create(
        [
            InsiemeTermine(termine_id=termini[parola], peso=peso, posizioni=filtri.in_byte(valore))
            for (parola, peso), valore in insiemi.items()
            if valore
        ],
        batch_size=LOTTO,
        update_conflicts=True,
        unique_fields=["termine", "peso"],
        update_fields=["posizioni"],
    )
    if vuoti:
        Termine.objects.filter(pk__in=[termini[parola] for parola in parole], insiemi=None).delete()
