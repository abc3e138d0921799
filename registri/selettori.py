"""The read side of the registers."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from base.storia import Versione, fine_del_giorno, valori_al
from organizzazioni.models import Organizzazione

from .models import InvioElenco


@dataclass(frozen=True)
class Aderente:
    """A row of the list of members: the marks that it holds on that day, its first and (if known) its last day.

    `data_adesione` is the first day that was ever known: `dal` is later for who left and came back.
    """

    n: int
    denominazione: str
    data_adesione: date
    family_in_trentino: bool
    family_audit: bool
    dal: date
    al: date | None


@dataclass(frozen=True)
class CambioNellElenco:
    """What changed of one member between two lists."""

    denominazione: str
    che_cosa: str


def elenco_al(giorno: date, noto_al: date | None = None) -> list[Aderente]:
    """The members of `giorno`, as it was known at the end of that day, or of `noto_al`: by date of adhesion, then by
    name.

    What is written later of an earlier day changes no list of an earlier day; three queries at most.
    """
    fine = fine_del_giorno(noto_al or giorno)
    versioni = list(Versione.objects.filter(modello=Organizzazione._meta.label_lower).order_by("pk"))
    primi: dict[int, date] = {}
    for versione in versioni:
        dal = Organizzazione._meta.get_field("aderente_dal").to_python(versione.valori.get("aderente_dal"))
        if dal and (versione.dal <= fine or versione.oggetto not in primi):
            primi[versione.oggetto] = min(dal, primi.get(versione.oggetto, dal))
    trovati: list[tuple[date, str, Organizzazione]] = []
    for chiave, valori in valori_al(Organizzazione, versioni, fine).items():
        allora = Organizzazione(pk=chiave, **valori)
        if allora.aderente_il(giorno):
            trovati.append((primi[chiave], allora.denominazione, allora))
    trovati.sort(key=lambda uno: uno[:2])
    return [
        Aderente(
            n=n,
            denominazione=nome,
            data_adesione=adesione,
            family_in_trentino=allora.ha_marchio("family_in_trentino", giorno),
            family_audit=allora.ha_marchio("family_audit", giorno),
            dal=allora.aderente_dal or adesione,
            al=allora.aderente_fino_al,
        )
        for n, (adesione, nome, allora) in enumerate(trovati, start=1)
    ]


def ultimo_invio() -> InvioElenco | None:
    """The last list that was sent, by whom too."""
    return InvioElenco.objects.select_related("inviato_da").first()


def differenze(prima: list[Aderente], dopo: list[Aderente]) -> list[CambioNellElenco]:
    """What changed from a list to the one after, by name: who came in, who left, which marks."""
    erano, sono = ({uno.denominazione: uno for uno in elenco} for elenco in (prima, dopo))
    trovate = []
    for nome in sorted({*erano, *sono}):
        era, ora = erano.get(nome), sono.get(nome)
        if era is None or ora is None:
            trovate.append(CambioNellElenco(nome, "è entrata" if era is None else "non c'è più"))
            continue
        for campo, detto in (
            ("family_in_trentino", "marchio Family in Trentino"),
            ("family_audit", "marchio Family Audit"),
        ):
            if getattr(era, campo) != getattr(ora, campo):
                trovate.append(CambioNellElenco(nome, f"{detto}: {'sì' if getattr(ora, campo) else 'non più'}"))
        if (era.data_adesione, era.dal, era.al) != (ora.data_adesione, ora.dal, ora.al):
            trovate.append(CambioNellElenco(nome, "sono cambiate le date di adesione"))
    return trovate


def cambiati_dall_ultimo_invio() -> list[CambioNellElenco] | None:
    """What changed between the last list that was sent and that of today; None when none was ever sent."""
    ultimo = ultimo_invio()
    if ultimo is None:
        return None
    return differenze([_letto(riga) for riga in ultimo.righe], elenco_al(timezone.localdate()))


def _letto(riga: dict) -> Aderente:
    date_ = {nome: date.fromisoformat(riga[nome]) if riga[nome] else None for nome in ("data_adesione", "dal", "al")}
    return Aderente(**{**riga, **date_})
