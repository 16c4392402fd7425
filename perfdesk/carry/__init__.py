"""Last year's filing as the start of this year's: what is kept, emptied and updated, each change a proposal."""
