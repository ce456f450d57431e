"""A query to hits: dense and lexical search, fusion, filters, diversification, and whether the hits answer it."""
