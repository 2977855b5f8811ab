"""The theme's words in one language: catalogues and what is known of a language to `Words`."""
