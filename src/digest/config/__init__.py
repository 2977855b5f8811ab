"""`site.toml` to a checked, frozen `Config`."""
