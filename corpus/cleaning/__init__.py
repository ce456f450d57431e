"""What is cleaned and found in threads of whatever format: markup, names, askers' answers, duplicates."""
