"""What every floor needs of a text: tokens and stems, sentences, normalisation, word frequencies, spelling."""
