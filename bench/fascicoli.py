"""How long, how big and how much memory for the whole guide on paper: 40 entries, then 500."""
