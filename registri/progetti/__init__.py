"""Projects shared by bodies of the network: entered once, they are evidence of what they serve."""
