"""What a PDF can draw: a sign that its fonts lack is left out, and its end says so."""

import pytest

from base.stampa import impagina, stampabile

STILE = 'html { font-family: "Titillium Web", "DejaVu Sans" }'


@pytest.mark.parametrize(
    ("testo", "senza", "detti"),
    [
        ("Festa 🎉 della famiglia", "Festa  della famiglia", ["U+1F389"]),
        ("👨‍👩‍👧", "", ["U+1F468", "U+1F469", "U+1F467"]),
        ("漢字 e 👍🏽", " e ", ["U+6F22", "U+5B57", "U+1F44D"]),
    ],
)
def test_signs_without_a_glyph__are_left_out_and_told(testo, senza, detti):
    fatto = stampabile(f"<body><p>{testo}</p></body>")
    assert fatto.startswith(f"<body><p>{senza}</p><p>Segni che questa stampa non può mostrare")
    assert all(detto in fatto for detto in detti)
    assert testo.isascii() or "�" not in fatto


@pytest.mark.parametrize("testo", ["Perché no? «Sì» – € 12,50", "① ✓ → ½ ﬁ Œ Č", "a\u200bb\n\tc"])
def test_signs_that_are_there__stay(testo):
    assert stampabile(f"<body>{testo}</body>").replace("\u200b", "") == f"<body>{testo}</body>".replace("\u200b", "")


def test_pdf__is_made_all_the_same():
    opzioni = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
    html = '<html lang="it"><head><title>x</title></head><body><h1>Ciao 🎉</h1></body></html>'
    assert impagina(html, STILE, **opzioni).write_pdf(**opzioni).startswith(b"%PDF")
