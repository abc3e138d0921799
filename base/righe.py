"""Rows under a form of the admin (places, contacts, entries of an issue): as many as it says, each with its key."""

import re
from collections import Counter

from django.forms.formsets import TOTAL_FORM_COUNT
from wagtail.admin.forms import WagtailAdminModelForm


class RigheLette:
    """Mixin of a form with rows. Those that cannot be read give way to those that are kept, and the form says so.

    `illeggibili` are the names of what arrived ruined.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.illeggibili = [
            self._lascia(nome) for nome in self.formsets if self.is_bound and not self._si_leggono(nome)
        ]

    def _si_leggono(self, nome):
        righe = self.formsets[nome]
        try:
            ultima = max(_righe_in(self.data, righe.prefix), default=-1)
            dette = righe.management_form.cleaned_data[TOTAL_FORM_COUNT] if righe.management_form.is_valid() else -1
            return dette == len(righe.forms) > ultima
        except Exception:  # noqa: BLE001  (a row that is not there, a key that is no key: whatever was forged)
            return False

    def _lascia(self, nome):
        righe = self.formsets[nome]
        self.formsets[nome] = type(righe)(instance=self.instance, prefix=righe.prefix, form_kwargs=righe.form_kwargs)
        return str(righe.model._meta.verbose_name_plural).capitalize()

    def clean(self):
        dati = super().clean()
        for nome in self.illeggibili:
            self.add_error(None, f"«{nome}» è arrivato rovinato: controllalo e salva di nuovo")
        return dati


def _righe_in(dati, prefisso):
    return (int(trovata[1]) for nome in dati if (trovata := re.match(rf"{re.escape(prefisso)}-(\d{{1,9}})-", nome)))


def esigi_conti_veri(dati, prefisso, letti):
    """Raise `ValueError` where a list, in what was sent for a body, does not hold as many blocks as it says.

    What is past its count, or of a kind that the body has not, would be lost without a word. `letti`: how many it read.
    """
    nomi = [nome for nome in dati if nome.startswith(f"{prefisso}-")]
    detti = {nome.removesuffix("-count"): dati[nome] for nome in nomi if nome.endswith("-count")}
    voci = [(trovata[1], nome) for nome in nomi if (trovata := re.fullmatch(r"(.+)-\d+-deleted", nome))]
    quante, tenute = Counter(lista for lista, _ in voci), Counter(lista for lista, nome in voci if not dati[nome])
    if {lista: str(quante[lista]) for lista in {*detti, *quante}} != detti or tenute[prefisso] != letti:
        raise ValueError(prefisso)


class ModuloConRighe(RigheLette, WagtailAdminModelForm):
    """The form of what is no page and has rows."""
