"""System checks: what an app that declares its entries to `cura` must say."""

from dataclasses import is_dataclass

from django.core.checks import Error, Tags, register
from django.urls import NoReverseMatch, reverse

from .dichiarazione import Cura
from .fatte_di_pagine import CuraDiPagina
from .models import InsiemeFaccetta, VoceIndice
from .pagine import ElencoMixin
from .registro import tutte
from .scheda import Scheda

DA_DIRE = ("ambito", "nome", "modello", "scheda", "uno", "molti", "nessuno")
DI_UN_ELENCO = ("indice", "sezione", "tutti", "le_nuove")
"""What a kind that has a list must say as well."""


@register(Tags.models)
def dichiarazioni_complete(app_configs, **kwargs):
    """Every declaration says what has no default, in the lengths that the index has room for."""
    return [
        Error(f"{type(cura).__name__}: {mancanza}.", obj=type(cura), id="cura.E001")
        for cura in tutte()
        for mancanza in mancanze(cura)
    ]


def mancanze(cura: Cura) -> list[str]:
    """What the declaration lacks, in words."""
    con_elenco = any(getattr(cura, nome, None) for nome in DI_UN_ELENCO)
    da_dire = (*DA_DIRE, *DI_UN_ELENCO) if con_elenco or not isinstance(cura, CuraDiPagina) else DA_DIRE
    vuote = [nome for nome in da_dire if not getattr(cura, nome, None)]
    if vuote:
        return [f"manca {nome}" for nome in vuote]
    posto = VoceIndice._meta.get_field("ambito").max_length
    lungo = InsiemeFaccetta._meta.get_field("faccetta").max_length
    trovate = {
        f"ambito: al massimo {posto} lettere minuscole": not cura.ambito.isalpha() or len(cura.ambito) > posto,
        "scheda non è una dataclass che viene da cura.scheda.Scheda": not (
            is_dataclass(cura.scheda) and issubclass(cura.scheda, Scheda)
        ),
        "indice e sezione non hanno cura.pagine.ElencoMixin": not all(
            issubclass(pagina, ElencoMixin) for pagina in (cura.indice, cura.sezione) if pagina is not None
        ),
        "in_vista nomina una faccetta che non c'è": not set(cura.in_vista or ()) <= set(cura.faccette),
        "urls_pubblici non ha gli indirizzi di cura.urls_pubblici": cura.indice is not None and not _esiste(cura.vana),
    }
    trovate |= {f"la faccetta {nome} passa {lungo} lettere": len(nome) > lungo for nome in cura.faccette}
    return [mancanza for mancanza, vero in trovate.items() if vero]


def _esiste(nome: str) -> bool:
    try:
        return bool(reverse(nome))
    except NoReverseMatch:
        return False
