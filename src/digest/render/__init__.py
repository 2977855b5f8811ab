"""One page to bytes: same input, same bytes."""
