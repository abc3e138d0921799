"""What the public addresses of every kind of entry begin from."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from base.chiavi import CIFRE

from ..dichiarazione import Cura


def pubblicata(cura: Cura, pk: int) -> Any:
    """The entry of `cura` with this key that everyone may read; 404 where there is none."""
    if len(str(pk)) > CIFRE:
        raise Http404
    return get_object_or_404(cura.pubblicati(), pk=pk)
