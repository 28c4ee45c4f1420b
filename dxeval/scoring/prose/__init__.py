"""Numbers and words of quantity in sentences, held against scores."""
