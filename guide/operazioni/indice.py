"""What the public search reads: made at publication, thrown away and made again at will."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from base.parole import chiave_ordine, radice

from .. import filtri
from ..indicizzazione import Cornice, crea_scheda, faccette, pesi, pubblicati, raccogli
from ..models import InsiemeFaccetta, ServizioPage, SezioneGuidaPage, Termine, VoceGuida, VoceTermine

LOTTO = 500
"""How many entries are indexed at a time."""


@transaction.atomic
def indicizza(servizio: ServizioPage) -> None:
    """Let the public find `servizio` as it is published now. Calling it again changes nothing."""
    insiemi = _blocca()
    voce = VoceGuida.objects.filter(servizio=servizio).first()
    posizione = voce.posizione if voce else _prima_libera(insiemi["", ""])
    scheda = crea_scheda(servizio)
    voce, _ = VoceGuida.objects.update_or_create(
        posizione=posizione,
        defaults={"servizio": servizio, "ordine": chiave_ordine(scheda.nome), "dati": scheda.come_dati()},
    )
    organizzazione = SezioneGuidaPage.objects.filter(path=servizio.path[: -servizio.steplen]).values_list(
        "organizzazione__chiave", flat=True
    )
    sotto = faccette(servizio, scheda, Cornice.leggi(), organizzazione.first() or "")
    _segna(insiemi, posizione, {*sotto, ("", "")})
    per_parola = pesi(servizio, scheda)
    termini = _termini(per_parola)
    prima = set(voce.termini.values_list("termine_id", flat=True))
    voce.termini.all().delete()
    VoceTermine.objects.bulk_create(
        VoceTermine(termine_id=termini[parola], voce=voce, peso=peso) for parola, peso in per_parola.items()
    )
    _dimentica(prima - set(termini.values()))


@transaction.atomic
def togli(servizio: ServizioPage) -> None:
    """The public no longer finds `servizio`."""
    insiemi = _blocca()
    voce = VoceGuida.objects.filter(servizio=servizio).first()
    if voce is not None:
        _segna(insiemi, voce.posizione, set())
        termini = set(voce.termini.values_list("termine_id", flat=True))
        voce.delete()
        _dimentica(termini)


@transaction.atomic
def reindicizza(avanza: Callable[[int], Any] = lambda quante: None) -> int:
    """Throw the index away and make it again from the live entries; how many they are. `avanza` is told on the way."""
    _blocca()
    VoceTermine.objects.all().delete()
    Termine.objects.all().delete()
    VoceGuida.objects.all().delete()
    InsiemeFaccetta.objects.exclude(faccetta="", valore="").delete()
    cornice = Cornice.leggi()
    termini: dict[str, int] = {}
    sezioni = dict(SezioneGuidaPage.objects.values_list("path", "organizzazione__chiave"))
    posizioni: dict[tuple[str, str], list[int]] = {("", ""): []}
    chiavi = list(pubblicati().order_by("path").values_list("pk", flat=True))
    for inizio in range(0, len(chiavi), LOTTO):
        servizi = list(pubblicati().filter(pk__in=chiavi[inizio: inizio + LOTTO]).order_by("path"))
        raccogli(servizi)
        schede = [crea_scheda(servizio) for servizio in servizi]
        VoceGuida.objects.bulk_create(
            VoceGuida(posizione=n, servizio=servizio, ordine=chiave_ordine(scheda.nome), dati=scheda.come_dati())
            for n, (servizio, scheda) in enumerate(zip(servizi, schede, strict=True), start=inizio)
        )
        righe = []
        for n, (servizio, scheda) in enumerate(zip(servizi, schede, strict=True), start=inizio):
            organizzazione = sezioni.get(servizio.path[: -servizio.steplen], "")
            for voce in {*faccette(servizio, scheda, cornice, organizzazione), ("", "")}:
                posizioni.setdefault(voce, []).append(n)
            righe += [(parola, n, peso) for parola, peso in pesi(servizio, scheda).items()]
        termini |= _termini({parola for parola, _, _ in righe} - set(termini))
        VoceTermine.objects.bulk_create(
            [VoceTermine(termine_id=termini[parola], voce_id=n, peso=peso) for parola, n, peso in righe],
            batch_size=2000,
        )
        avanza(inizio + len(servizi))
    _scrivi({voce: filtri.insieme(quali) for voce, quali in posizioni.items()})
    return len(chiavi)


def _blocca() -> dict[tuple[str, str], InsiemeFaccetta]:
    """Every set, read once nobody else can change them: who writes the index holds the row of all the entries."""
    InsiemeFaccetta.objects.get_or_create(faccetta="", valore="")
    InsiemeFaccetta.objects.select_for_update().get(faccetta="", valore="")
    return {(riga.faccetta, riga.valore): riga for riga in InsiemeFaccetta.objects.all()}


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
    vuoti = [voce for voce, valore in insiemi.items() if not valore and voce != ("", "")]
    for faccetta, valore in vuoti:
        InsiemeFaccetta.objects.filter(faccetta=faccetta, valore=valore).delete()
    InsiemeFaccetta.objects.bulk_create(
        [
            InsiemeFaccetta(faccetta=faccetta, valore=valore, posizioni=filtri.in_byte(posizioni))
            for (faccetta, valore), posizioni in insiemi.items() if (faccetta, valore) not in vuoti
        ],
        update_conflicts=True, unique_fields=["faccetta", "valore"], update_fields=["posizioni"],
    )


def _dimentica(termini: set[int]) -> None:
    """Take out of the vocabulary those of `termini` that no entry has any more: nobody is corrected towards them."""
    Termine.objects.filter(pk__in=termini, voci=None).delete()


def _termini(parole) -> dict[str, int]:
    """Primary key of each word, made if the vocabulary has not got it."""
    Termine.objects.bulk_create(
        [Termine(parola=parola, radice=radice(parola)) for parola in sorted(parole)], ignore_conflicts=True
    )
    return dict(Termine.objects.filter(parola__in=list(parole)).values_list("parola", "pk"))
