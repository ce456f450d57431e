"""Messages in other languages than English: which language it is, signs out of lists, and n-grams.

- `language_identification`: by script and function words.
- `signs/`: what is a sign in ten languages, `tokens`: a message as their lists see it.
- `sign_classifier`: a logistic regression on the signs; `ngram_classifier`: one on n-grams of words and characters.
"""
