"""The manual: pages of ``resources/manual``, shown one by one as the help and all together as a document."""
