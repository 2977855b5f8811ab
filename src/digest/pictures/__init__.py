"""The only door to Pillow: pictures measured and made smaller."""
