"""What is mended and found in threads of whatever format: markup, names, askers' answers, duplicates."""
