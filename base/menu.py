"""Items of the admin's menu."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.menu import MenuItem


class VoceRiservata(MenuItem):
    """A menu item for who satisfies a predicate of `permissions.py`."""

    def __init__(self, label: str, url: str, permesso: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.permesso = permesso

    def is_shown(self, request) -> bool:
        return self.permesso(request.user)
