"""Who answers for an entry is asked whether it is still right. Outside of revisions."""

from django.db import models


class SollecitiAstratti(models.Model):
    """What was asked and not answered yet. `solleciti` counts the mails since the last answer.

    A concrete model has `stato_del_collegamento`: what a link to answer depends on, so that each is good once.
    """

    solleciti = models.PositiveSmallIntegerField(default=0)
    ultimo_sollecito = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
