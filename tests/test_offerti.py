"""What home and menu offer to each role, address by address, in the demonstration."""

import pytest

from organizzazioni.models import Utente

from .test_prova import CHI, che_non_rispondono, demo, offerti  # noqa: F401

pytestmark = pytest.mark.xdist_group("demo")


@pytest.mark.parametrize("chi", CHI)
def test_admin__all_that_home_and_menu_offer_opens(client_di, chi):
    client = client_di(Utente.objects.get(username=chi))
    indirizzi = offerti(client)
    assert len(indirizzi) >= 3
    assert che_non_rispondono(client, indirizzi) == []
