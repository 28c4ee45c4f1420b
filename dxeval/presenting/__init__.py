"""From figures and facts to what a person sees: words, charts, tables, sections, spreadsheets."""
