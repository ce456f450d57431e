"""English messages: signs by rules, and the network and the SVM that learned from examples.

- `classifier`: the door, `classify`.
- `rules.toml`, `rules`: signs out of public guidance, in phrases that a doctor can read and change; `typos` corrects
  misspelled words of theirs.
- `network`: the packaged model with low-rank adapters; `svm`: a support vector machine on its layers as they are.
"""
