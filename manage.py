#!/usr/bin/env python3
import os
import sys


def main(argomenti):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

    from django.core.management import execute_from_command_line

    execute_from_command_line(argomenti)

    from django.apps import apps

    if apps.ready:  # not after `help`, or a command that needs no settings
        from base.salute import segna

        segna(argomenti)


if __name__ == "__main__":
    main(sys.argv)
