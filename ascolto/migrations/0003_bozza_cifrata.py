"""`chiuse` says of an event that it takes no more bookings: half an answer is ciphered."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('ascolto', '0002_promessa')]

    operations = [migrations.RenameField('bozzadirisposta', 'chiuse', 'cifrata')]
