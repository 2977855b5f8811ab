"""The only door to Pillow: pictures measured, made smaller, and drawn."""
