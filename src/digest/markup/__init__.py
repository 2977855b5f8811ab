"""Markdown and plain text to safe HTML, open where links to this site must be filled in."""
