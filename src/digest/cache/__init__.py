"""What earlier builds found out, in `.digest/`: data, no code; no build needs it to be right."""
