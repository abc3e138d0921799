"""What the README promises is there."""

import re
from pathlib import Path

from home.demo import PASSWORD, leggi_persone

LEGGIMI = (Path(__file__).resolve().parent.parent / "README.md").read_text()


def test_readme__names_every_demonstration_login():
    capitolo = LEGGIMI.partition("### Demonstration logins")[2].partition("\n## ")[0]
    assert dict(re.findall(r"^\| `(\S+)` \| (.+) \|$", capitolo, re.MULTILINE)) == {
        persona.username: persona.ruolo for persona in leggi_persone()
    }
    assert f"`{PASSWORD}`" in capitolo


def test_readme__names_targets_that_the_makefile_has():
    makefile = (Path(__file__).resolve().parent.parent / "Makefile").read_text()
    for obiettivo in re.findall(r"^    make (\w+)", LEGGIMI, re.MULTILINE):
        assert re.search(rf"^{obiettivo}:", makefile, re.MULTILINE), obiettivo


def test_readme__has_a_line_of_cron_for_every_command_that_is_watched():
    produzione = (Path(__file__).resolve().parent.parent / "cms" / "settings" / "production.py").read_text()
    sorvegliati = set(re.findall(r'"(\w+)"\]? ?[:=] \{"ore"', produzione))
    righe = "\n".join(re.findall(r"^    [*\d].* \* .*manage\.py .*$", LEGGIMI, re.MULTILINE))
    assert len(sorvegliati) > 5 and sorvegliati <= set(re.findall(r"manage\.py (\w+)", righe))


def test_decisions__each_has_its_number_and_its_line_in_the_index():
    cartella = Path(__file__).resolve().parent.parent / "docs" / "decisioni"
    titoli = {p.name: p.read_text().splitlines()[0].removeprefix("# ") for p in sorted(cartella.glob("0*.md"))}
    assert all(titolo.startswith(f"{nome[:4]} ") for nome, titolo in titoli.items())
    assert len({nome[:4] for nome in titoli}) == len(titoli), "two decisions have the same number"
    indice = re.findall(r"^- \[(.+)\]\((.+)\)$", (cartella / "README.md").read_text(), re.MULTILINE)
    assert indice == [(titolo, nome) for nome, titolo in titoli.items()]
