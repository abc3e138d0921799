"""Every public page is valid HTML, by the Nu checker."""

from .nu import errori_html


def test_html__is_valid_on_every_public_page(portale):
    percorsi = [percorso for tipo in portale.pagine.values() for percorso in tipo] + portale.senza_pagina
    assert not errori_html({percorso: portale.leggi(percorso) for percorso in percorsi})
