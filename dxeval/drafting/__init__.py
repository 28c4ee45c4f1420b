"""From an export to the draft of its questionnaire: nothing is decided that is not certain."""
