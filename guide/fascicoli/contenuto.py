"""What a booklet holds, from the public sheets alone (`cura.VoceIndice`): chapters, indexes, emergency numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from cura.registro import cura_di
from organizzazioni.models import Distretto

from ..models import Bisogno, Comune, FaseVita, GuidaIndexPage, ServizioPage
from ..scheda import Scheda

ALTRI = "Altri servizi"
"""The chapter of the entries that are under no need."""
OVUNQUE = "In tutto il territorio, on line o a casa"
"""The end of the index by municipality."""


@dataclass(frozen=True)
class SchedaStampata:
    """An entry as it is printed: `ancora` is its place in the file, `indirizzo` its page on the site.

    The sheet is that of the day: closures and deadlines that are over are left out.
    """

    ancora: str
    ordine: str
    scheda: Scheda
    indirizzo: str
    costi: list[str]
    da_verificare: bool
    aggiornata: date | None


@dataclass(frozen=True)
class GruppoDiSchede:
    """A name and the entries under it, in order of name."""

    chiave: str
    nome: str
    voci: tuple[SchedaStampata, ...]


@dataclass(frozen=True)
class Ramo:
    """A need of the first level and those below it."""

    chiave: str
    nome: str
    gruppi: tuple[GruppoDiSchede, ...]


@dataclass(frozen=True)
class Contenuto:
    """All that a booklet prints, its own date apart. `chiave` is empty for the whole guide, else the need's."""

    chiave: str
    titolo: str
    sommario: str
    distretto: Distretto
    logo: bytes
    guida: str
    emergenze: tuple[dict, ...]
    voci: tuple[SchedaStampata, ...]
    capitoli: tuple[GruppoDiSchede, ...]
    per_bisogno: tuple[Ramo, ...]
    per_momento: tuple[GruppoDiSchede, ...]
    per_comune: tuple[GruppoDiSchede, ...]
    dalla_a_alla_z: tuple[GruppoDiSchede, ...]

    @property
    def quante(self):
        return len(self.voci)


def leggi_contenuti(oggi: date) -> list[Contenuto]:
    """The whole guide, then a booklet for each need of the first level that has entries; constant queries."""
    cornice = _Cornice.leggi(oggi)
    tutte = cornice.voci
    intera = cornice.componi("", "Family Guide", tutte, cornice.rami, _capitoli(cornice.rami, tutte))
    parti = []
    for chiave, nome, sotto in cornice.rami:
        sue = [voce for voce in tutte if _sotto(voce, {c for c, _ in sotto} | {chiave})]
        if sue:
            rami = [(c, n, [(c, n)]) for c, n in sotto]
            capitoli = _capitoli([*rami, (chiave, nome, [(chiave, nome)])], sue)
            parti.append(cornice.componi(chiave, nome, sue, [(chiave, nome, sotto)], capitoli))
    return [intera, *parti]


@dataclass(frozen=True)
class _Cornice:
    """What every booklet takes from: the entries, the tree of needs, the moments, the site's own words."""

    voci: list[SchedaStampata]
    rami: list[tuple[str, str, list[tuple[str, str]]]]
    momenti: list[tuple[str, str]]
    comuni: list[tuple[str, str]]
    distretto: Distretto
    logo: bytes
    guida: GuidaIndexPage

    @classmethod
    def leggi(cls, oggi):
        cura = cura_di(ServizioPage)
        bisogni = list(Bisogno.objects.order_by("ordine", "nome"))
        distretto = Distretto.objects.select_related("logo").order_by("-site__is_default_site").first() or Distretto()
        return cls(
            voci=[_voce(voce, oggi) for voce in cura.con_contenuto(cura.voci).order_by("ordine", "posizione")],
            rami=[
                (b.chiave, b.nome, [(f.chiave, f.nome) for f in bisogni if f.padre_id == b.pk])
                for b in bisogni
                if b.padre_id is None
            ],
            momenti=list(FaseVita.objects.values_list("chiave", "nome")),
            comuni=list(Comune.objects.values_list("chiave", "nome")),
            distretto=distretto,
            logo=_logo(distretto),
            guida=GuidaIndexPage.objects.first(),
        )

    def componi(self, chiave, titolo, voci, rami, capitoli):
        return Contenuto(
            chiave=chiave,
            titolo=titolo,
            sommario=self.guida.sommario,
            distretto=self.distretto,
            logo=self.logo,
            guida=self.guida.full_url or "",
            emergenze=tuple(dict(blocco.value) for blocco in self.guida.emergenze),
            voci=tuple(voci),
            capitoli=capitoli,
            per_bisogno=tuple(
                Ramo(c, n, gruppi)
                for c, n, sotto in rami
                if (gruppi := _pieni(_gruppo(s, nome, voci, {s}) for s, nome in sotto))
            ),
            per_momento=_pieni(
                GruppoDiSchede(c, n, tuple(v for v in voci if c in {fase.chiave for fase in v.scheda.fasi}))
                for c, n in self.momenti
            ),
            per_comune=_pieni(
                [
                    *(GruppoDiSchede(c, n, tuple(v for v in voci if c in _comuni(v))) for c, n in self.comuni),
                    GruppoDiSchede("ovunque", OVUNQUE, tuple(v for v in voci if _ovunque(v.scheda))),
                ]
            ),
            dalla_a_alla_z=_alfabeto(voci),
        )


def _voce(voce, oggi):
    scheda = voce.scheda
    servizio = voce.contenuto
    return SchedaStampata(
        ancora=f"servizio-{servizio.pk}",
        ordine=voce.ordine,
        scheda=replace(
            scheda,
            sospeso=scheda.orario.sospeso_il(oggi),
            scadenze=tuple(s for s in scheda.scadenze if s.data >= oggi),
        ),
        indirizzo=servizio.full_url or "",
        costi=scheda.costi(oggi),
        da_verificare=scheda.da_verificare(oggi),
        aggiornata=timezone.localdate(servizio.last_published_at) if servizio.last_published_at else None,
    )


def _logo(distretto):
    """The District's own mark, as a small PNG; nothing if there is none."""
    if distretto.logo is None:
        return b""
    with distretto.logo.get_rendition("max-900x300|format-png").file.open() as file:
        return file.read()


def _comuni(voce):
    return {luogo.comune.chiave for luogo in voce.scheda.luoghi}


def _ovunque(scheda):
    """Whether one needs to go nowhere for it, or who lives anywhere in the territory has it."""
    return scheda.on_line or scheda.a_domicilio or scheda.tutto_il_territorio


def _sotto(voce, bisogni):
    return any(bisogno.chiave in bisogni for bisogno in voce.scheda.bisogni)


def _gruppo(chiave, nome, voci, bisogni):
    return GruppoDiSchede(chiave, nome, tuple(voce for voce in voci if _sotto(voce, bisogni)))


def _pieni(gruppi: Iterable[GruppoDiSchede]) -> tuple[GruppoDiSchede, ...]:
    return tuple(gruppo for gruppo in gruppi if gruppo.voci)


def _capitoli(rami, voci):
    """Every entry once, in the chapter of the first of its needs."""
    restano = list(voci)
    capitoli = []
    for chiave, nome, sotto in rami:
        gruppo = _gruppo(chiave, nome, restano, {c for c, _ in sotto} | {chiave})
        restano = [voce for voce in restano if voce not in gruppo.voci]
        capitoli.append(gruppo)
    return _pieni([*capitoli, GruppoDiSchede("altri", ALTRI, tuple(restano))])


def _alfabeto(voci):
    lettere: dict[str, list[SchedaStampata]] = {}
    for voce in voci:
        iniziale = voce.ordine[:1].upper()
        lettere.setdefault(iniziale if iniziale.isalpha() else "0-9", []).append(voce)
    return tuple(GruppoDiSchede(lettera, lettera, tuple(sue)) for lettera, sue in lettere.items())
