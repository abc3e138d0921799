"""What the public search reads: made at publication, thrown away and made again at will."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q

from base.parole import chiave_ordine, radice

from .. import filtri
from ..indicizzazione import Cornice, crea_scheda, faccette, pesi, pubblicati, raccogli
from ..models import InsiemeFaccetta, InsiemeTermine, ServizioPage, SezioneGuidaPage, Termine, VoceGuida

TUTTI = InsiemeFaccetta.TUTTI
LOTTO = 500
"""How many entries, or words, are written at a time."""


@transaction.atomic
def indicizza(servizio: ServizioPage) -> None:
    """Let the public find `servizio` as it is published now. Calling it again changes nothing."""
    insiemi = _blocca()
    voce = VoceGuida.objects.filter(servizio=servizio).first()
    posizione = voce.posizione if voce else _prima_libera(insiemi[TUTTI])
    scheda = crea_scheda(servizio)
    per_parola = pesi(servizio, scheda)
    VoceGuida.objects.update_or_create(
        posizione=posizione,
        defaults={
            "servizio": servizio, "ordine": chiave_ordine(scheda.nome), "dati": scheda.come_dati(),
            "parole": per_parola,
        },
    )
    organizzazione = SezioneGuidaPage.objects.filter(path=servizio.path[: -servizio.steplen]).values_list(
        "organizzazione__chiave", flat=True
    )
    sotto = faccette(servizio, scheda, Cornice.leggi(), organizzazione.first() or "")
    _segna(insiemi, posizione, {*sotto, TUTTI})
    _segna_parole(posizione, voce.parole if voce else {}, per_parola)
    _riordina()


@transaction.atomic
def togli(servizio: ServizioPage) -> None:
    """The public no longer finds `servizio`."""
    insiemi = _blocca()
    voce = VoceGuida.objects.filter(servizio=servizio).first()
    if voce is not None:
        _segna(insiemi, voce.posizione, set())
        _segna_parole(voce.posizione, voce.parole, {})
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
        servizi = list(pubblicati().filter(pk__in=chiavi[inizio: inizio + LOTTO]).order_by("path"))
        raccogli(servizi)
        voci = []
        for n, servizio in enumerate(servizi, start=inizio):
            scheda = crea_scheda(servizio)
            per_parola = pesi(servizio, scheda)
            voci.append(VoceGuida(
                posizione=n, servizio=servizio, ordine=chiave_ordine(scheda.nome), dati=scheda.come_dati(),
                parole=per_parola,
            ))
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


def _prima_libera(tutti: InsiemeFaccetta) -> int:
    """The lowest position that no entry has, so that the sets stay short."""
    valore = filtri.da_byte(tutti.posizioni)
    return (~valore & (valore + 1)).bit_length() - 1


def _segna(insiemi: dict[tuple[str, str], InsiemeFaccetta], posizione: int, sotto: set[tuple[str, str]]) -> None:
    """Let the entry in `posizione` be in the sets `sotto`, and in no other."""
    bit = 1 << posizione
    cambiati = {}
    for voce in {*insiemi, *sotto}:
        prima = filtri.da_byte(insiemi[voce].posizioni) if voce in insiemi else 0
        dopo = prima | bit if voce in sotto else prima & ~bit
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
            for (faccetta, valore), posizioni in insiemi.items() if (faccetta, valore) not in vuoti
        ],
        update_conflicts=True, unique_fields=["faccetta", "valore"], update_fields=["posizioni"],
    )


def _riordina() -> None:
    """Keep the positions in order of name, so that no list has to ask for it."""
    per_nome = VoceGuida.objects.order_by("ordine", "posizione").values_list("posizione", flat=True)
    faccetta, valore = InsiemeFaccetta.ORDINE
    InsiemeFaccetta.objects.update_or_create(
        faccetta=faccetta, valore=valore, defaults={"posizioni": filtri.in_fila(per_nome)}
    )


def _segna_parole(posizione: int, prima: dict[str, int], dopo: dict[str, int]) -> None:
    """Let the entry in `posizione` weigh `dopo` (weight by word) where it weighed `prima`."""
    via, nuove = prima.items() - dopo.items(), dopo.items() - prima.items()
    parole = {parola for parola, _ in via | nuove}
    righe = InsiemeTermine.objects.filter(termine__parola__in=parole).select_related("termine")
    insiemi = {(riga.termine.parola, riga.peso): filtri.da_byte(riga.posizioni) for riga in righe}
    bit = 1 << posizione
    _scrivi_parole({
        **{voce: insiemi.get(voce, 0) & ~bit for voce in via}, **{voce: insiemi.get(voce, 0) | bit for voce in nuove},
    })


def _scrivi_parole(insiemi: dict[tuple[str, int], int]) -> None:
    """Save the entries of these words, by word and weight. A word that no entry has leaves the vocabulary: nobody is
    corrected towards it."""
    parole = sorted({parola for parola, _ in insiemi})
    Termine.objects.bulk_create(
        [Termine(parola=parola, radice=radice(parola)) for parola in parole], batch_size=LOTTO, ignore_conflicts=True
    )
    termini: dict[str, int] = {}
    for inizio in range(0, len(parole), LOTTO):
        trovati = Termine.objects.filter(parola__in=parole[inizio: inizio + LOTTO])
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
            for (parola, peso), valore in insiemi.items() if valore
        ],
        batch_size=LOTTO, update_conflicts=True, unique_fields=["termine", "peso"], update_fields=["posizioni"],
    )
    if vuoti:
        Termine.objects.filter(pk__in=[termini[parola] for parola in parole], insiemi=None).delete()
