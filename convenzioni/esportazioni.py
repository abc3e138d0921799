"""The register of conventions as a table."""

from django.utils import timezone

from .forms import STATI

REGISTRO = (
    "Convenzione",
    "Partner",
    "Categoria",
    "Organizzazione",
    "Stato",
    "Dal",
    "Al",
    "Si rinnova da sola",
    "Scadenza",
    "Disdetta entro",
    "Firmata il",
    "Protocollo",
    "Rinnovo",
    "Aziende esterne",
    "Confermata dal partner",
)


def registro_tabella(righe):
    return REGISTRO, [_riga(r, r.convenzione, getattr(r.convenzione, "accordo", None)) for r in righe]


def _riga(r, c, accordo):
    return (
        c.title,
        c.partner,
        c.categoria.nome,
        str(r.organizzazione),
        STATI[r.stato],
        c.valida_dal,
        c.valida_fino_al,
        c.rinnovo_tacito,
        r.scadenza,
        r.disdetta,
        accordo.firmata_il if accordo else None,
        accordo.protocollo if accordo else "",
        c.rinnovo,
        c.aziende_esterne,
        timezone.localdate(accordo.confermata_il) if accordo and accordo.confermata_il else None,
    )
