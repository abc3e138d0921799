"""Registrations in the admin, and nothing else."""

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def url_delle_evidenze():
    return [path("evidenze/", include("programma.urls", namespace="programma"))]
