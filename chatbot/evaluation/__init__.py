"""Queries and their scoring: files of queries, measures, TREC run files and qrels, plots."""
