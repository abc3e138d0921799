"""Who holds a role, or acts for a body, from a day to another: rights begin and end by themselves."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q


class IncaricoQuerySet(models.QuerySet):
    """Charges, and what of them a day asks for."""

    def in_corso_al(self, giorno):
        """Those of which `giorno` (a date) is a day, and that nobody ended."""
        return self.filter(Q(al=None) | Q(al__gte=giorno), dal__lte=giorno, finito_il=None)

    def da_applicare(self, giorno):
        """Those that should have begun or ended by `giorno`, and have not."""
        return self.filter(Q(iniziato_il=None, dal__lte=giorno) | Q(al__lt=giorno), finito_il=None)


class Incarico(models.Model):
    """A group of `persona` that is theirs only from `dal` to `al` (included; empty: until somebody ends it).

    Who is in a group and has no such row stays in it: nothing ends. `delega`: while somebody else is away.
    """

    persona = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="incarichi")
    gruppo = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="incarichi")
    dal = models.DateField("dal")
    al = models.DateField("al", null=True, blank=True, help_text="Ultimo giorno")
    delega = models.BooleanField("delega per assenza", default=False)
    dato_da = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dato_il = models.DateTimeField("dato il", auto_now_add=True)
    iniziato_il = models.DateField(null=True, blank=True, editable=False)
    finito_il = models.DateField(null=True, blank=True, editable=False)

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        app_label = "organizzazioni"
        verbose_name = "incarico"
        verbose_name_plural = "incarichi"
        ordering = ["dal", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(al=None) | Q(al__gte=F("dal")), name="incarico_finisce_dopo_l_inizio")
        ]

    def __str__(self):
        return f"{self.persona}: {self.gruppo}"
