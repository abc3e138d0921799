"""A page that not everyone may read (a password, a login): no public answer names it, whoever asks and however."""

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter
from wagtail.models import Page

from .test_prova import senza_parametri
from .test_ricerca_vita import GENERI, PAROLA

pytestmark = pytest.mark.django_db


def con_una_chiave(schemi, prefisso="/"):
    """Every public address of the URLconf that asks for one key and nothing else: its text, with `%s` for the key."""
    for schema in schemi:
        percorso = prefisso + str(schema.pattern)
        if percorso.startswith("/admin/"):
            continue
        if not isinstance(schema, URLPattern):
            yield from con_una_chiave(schema.url_patterns, percorso)
        elif [type(uno) for uno in schema.pattern.converters.values()] == [IntConverter] and percorso.count("<") == 1:
            nome = next(iter(schema.pattern.converters))
            yield percorso.replace(f"<int:{nome}>", "%s")


def chiudi(pagine):
    """Pages that a login closes, of the title that nothing else has; their addresses by key."""
    for pagina in pagine:
        pagina.view_restrictions.create(restriction_type="login")
    schemi = get_resolver().url_patterns
    indirizzi = {pagina.url for pagina in Page.objects.live().public().filter(depth__gt=1)}
    indirizzi |= set(senza_parametri(schemi)) | {f"/cerca/?q={PAROLA}", "/api/hsds/services?search=" + PAROLA}
    return indirizzi | {forma % pagina.pk for forma in con_una_chiave(schemi) for pagina in pagine}


@pytest.mark.parametrize("generi", [["programmi"], [g for g in GENERI if g not in ("programmi", "elenchia")]], ids=len)
def test_title__is_in_no_public_answer(client, nuova, programma, generi):
    home = Page.objects.get(depth=2)
    pagine = [GENERI[genere](nuova, home).specific for genere in generi]
    letti = client.get(f"/cerca/?q={PAROLA}").content.decode()
    assert PAROLA in letti.partition("<main")[2].replace(f'value="{PAROLA}"', "")
    indirizzi = chiudi(pagine)
    assert len(indirizzi) > 60
    dicono = []
    for indirizzo in sorted(indirizzi):
        risposta = client.get(indirizzo)
        corpo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
        if f"La {PAROLA}" in corpo.decode(errors="replace"):
            dicono.append(indirizzo)
    assert dicono == []
