"""YAML as we read it: no value invented by the reader, no key silently lost, errors in Italian with their line."""

import yaml

from .caratteri import pulito
from .schema import FileNonValido, Problema


class _Lettore(yaml.SafeLoader):
    """The safe loader, but a key written twice is an error, an impossible date stays a text, and texts are cleaned."""


def _mappa(lettore, nodo, deep=True):
    chiavi = set()
    for chiave, _ in nodo.value:
        nome = pulito(chiave.value) if isinstance(chiave, yaml.ScalarNode) else None
        if nome in chiavi:
            raise yaml.constructor.ConstructorError(
                None, None, f"la chiave «{nome}» è scritta due volte", chiave.start_mark
            )
        chiavi.add(nome)
    return yaml.SafeLoader.construct_mapping(lettore, nodo, deep=True)


def _data(lettore, nodo):
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(lettore, nodo)
    except ValueError:
        return lettore.construct_scalar(nodo)


def _testo(lettore, nodo):
    return pulito(yaml.SafeLoader.construct_yaml_str(lettore, nodo))


_Lettore.add_constructor("tag:yaml.org,2002:str", _testo)
_Lettore.add_constructor("tag:yaml.org,2002:map", _mappa)
_Lettore.add_constructor("tag:yaml.org,2002:timestamp", _data)


def leggi_yaml(contenuto: bytes):
    """The data of a UTF-8 YAML file, with or without BOM. Raises `FileNonValido`."""
    try:
        testo = contenuto.decode("utf-8-sig")
    except UnicodeDecodeError as errore:
        riga = contenuto[: errore.start].count(b"\n") + 1
        raise FileNonValido([Problema(f"riga {riga}", "il file non è in UTF-8")]) from errore
    try:
        return yaml.load(testo, Loader=_Lettore)  # noqa: S506  (a subclass of SafeLoader)
    except yaml.MarkedYAMLError as errore:
        segno = errore.problem_mark or errore.context_mark
        dove = f"riga {segno.line + 1}, colonna {segno.column + 1}" if segno else ""
        raise FileNonValido([Problema(dove, f"il file non è YAML corretto ({errore.problem})")]) from errore
    except (yaml.YAMLError, ValueError, RecursionError) as errore:
        motivo = str(errore).splitlines()[0] if str(errore) else type(errore).__name__
        raise FileNonValido([Problema("", f"il file non è YAML leggibile ({motivo})")]) from errore
