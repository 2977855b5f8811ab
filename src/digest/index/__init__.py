"""Records to answers: everything that only the whole site knows, frozen."""
