"""Small, dependency-free helpers for text, dates, intervals, parsing, graphs and money."""
