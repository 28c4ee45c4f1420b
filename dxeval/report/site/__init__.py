"""From executed notebooks to pages with their links, and to prints."""
