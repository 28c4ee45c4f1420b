"""A report's text or page -> the draft of its published figures, each row to be confirmed."""
