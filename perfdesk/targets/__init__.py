"""A department's targets: goals with their indicators, printed as running text."""
