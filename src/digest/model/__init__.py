"""The records of the domain: frozen values, no I/O."""
