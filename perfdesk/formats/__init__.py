"""The edges: one module per format and direction; each imports one library, and only when it is first needed."""
