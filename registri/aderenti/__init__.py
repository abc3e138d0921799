"""Who joins the network and who leaves it, which marks begin and end: read from the history, with the acts."""
