"""The care of conventions: confirmed by the partner, proposed and reported by anyone. Public pages, screens, mail."""
