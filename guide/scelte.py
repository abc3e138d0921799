"""What the list of the guide offers to choose from."""

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast, Coalesce

from cura.dichiarazione import Scelte
from cura.filtri import Opzione
from cura.models import Sinonimo

from .faccette import VOCI_FISSE
from .models import Bisogno, Comune, FasciaEta, FaseVita, Lingua

FACCETTE_DI = {FasciaEta: "eta", FaseVita: "fase", Bisogno: "bisogno", Comune: "comune", Lingua: "lingua"}
"""The categories whose values are those of a facet."""


def leggi_scelte() -> Scelte:
    """Names of every facet's values, in order, and the synonyms: one query for them all."""
    tabelle = {faccetta: modello for modello, faccetta in FACCETTE_DI.items()}
    righe = [_righe(tipo, modello) for tipo, modello in tabelle.items()]
    righe.append(_righe("sinonimo", Sinonimo, chiave="radice", nome="cerca_anche", ordine=None))
    voci: dict[str, list] = {nome: [] for nome in tabelle}
    sinonimi: dict[str, str] = {}
    for tipo, chiave, nome, _, padre in sorted(righe[0].union(*righe[1:], all=True), key=lambda r: (r[3], r[2])):
        if tipo == "sinonimo":
            sinonimi[chiave] = f"{sinonimi[chiave]}, {nome}" if chiave in sinonimi else nome
        else:
            voci[tipo].append((chiave, nome, padre))
    return Scelte(
        {
            **{nome: [Opzione(chiave, etichetta) for chiave, etichetta, _ in voci[nome]] for nome in voci},
            "bisogno": _in_albero(voci["bisogno"]),
            **{nome: [Opzione(*voce) for voce in valori.items()] for nome, valori in VOCI_FISSE.items()},
        },
        sinonimi,
    )


def _righe(tipo, modello, chiave="chiave", nome="nome", ordine="ordine"):
    padre = F("padre__chiave") if tipo == "bisogno" else Value("")
    return (
        modello.objects.order_by()
        .annotate(
            r_tipo=Value(tipo, CharField()),
            r_chiave=Cast(chiave, CharField()),
            r_nome=Cast(nome, CharField()),
            r_ordine=F(ordine) if ordine else Value(0, IntegerField()),
            r_padre=Coalesce(padre, Value(""), output_field=CharField()),
        )
        .values_list("r_tipo", "r_chiave", "r_nome", "r_ordine", "r_padre")
    )


def _in_albero(bisogni):
    """The needs of the first level, each followed by its own."""
    return [
        opzione
        for chiave, nome, padre in bisogni
        if not padre
        for opzione in (
            Opzione(chiave, nome, padre=nome),
            *(Opzione(c, n, padre=nome, secondo_livello=True) for c, n, p in bisogni if p == chiave),
        )
    ]
