"""The department budget: facts by code, and the tables that are views of them."""
