"""The guide on paper: what a booklet holds, how it is printed, when it is made again, what is kept of each year."""
