"""The guide's public data as one JSON file, the same bytes for the same data."""

import json
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder

from ..models import Bisogno, FaseVita
from .contenuto import Contenuto

SCHEMA = "family-guide/1"
"""The shape of the file: to be raised when a key changes its meaning or goes away."""


def dati_json(contenuto: Contenuto, anno: int, giorno: date) -> bytes:
    """The whole guide as the public reads it on `giorno`: nothing masked, nothing hidden."""
    distretto = contenuto.distretto
    return json.dumps(
        {
            "schema": SCHEMA,
            "licenza": "https://creativecommons.org/licenses/by/4.0/deed.it",
            "distretto": distretto.denominazione,
            "anno": anno,
            "data": giorno,
            "indirizzo": contenuto.guida,
            "emergenze": list(contenuto.emergenze),
            "bisogni": [
                {"chiave": chiave, "nome": nome, "padre": padre}
                for chiave, nome, padre in Bisogno.objects.order_by("ordine", "chiave").values_list(
                    "chiave", "nome", "padre__chiave"
                )
            ],
            "momenti": list(FaseVita.objects.order_by("ordine", "chiave").values("chiave", "nome")),
            "servizi": [
                {"indirizzo": voce.indirizzo, "aggiornata": voce.aggiornata, **voce.scheda.come_dati()}
                for voce in contenuto.voci
            ],
        },
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    ).encode()
