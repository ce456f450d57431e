"""From a query to the parts of a reply: which pages and answers are shown, how much of them, what is marked.

- `compose`: `Composer`, the door: a query's hits become a `Reply`.
- `selection`: which pages and which of their answers are shown.
- `snippets`: where a shown answer begins, where it folds, and which sentences are marked in it.
- `case_verdicts`: answers that say nothing but what is so for the patient they were written to.
"""
