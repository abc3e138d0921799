"""Every public page is valid HTML, by the Nu checker."""


def test_html__is_valid_on_every_public_page(nu, portale):
    percorsi = [percorso for tipo in portale.pagine.values() for percorso in tipo] + portale.senza_pagina
    assert not nu({percorso: portale.leggi(percorso) for percorso in percorsi})
