"""Files to records with places: the only reader of `content/`."""
