"""Plain text to what stands in it: mentions, definitions, figures, quotations. All of it pure."""
