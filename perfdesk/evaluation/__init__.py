"""Self-evaluations: what is entered, what is computed for the cells that are left empty, and a new one made from a target form."""
