"""The index to the list of pages and assets: every URL is known before anything is rendered."""
