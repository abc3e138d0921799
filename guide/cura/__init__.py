"""The care of the entries: asked to be confirmed, reported, withdrawn. Public pages, admin screens, mail."""
