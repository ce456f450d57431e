"""What a message means, before anything is searched.

- `intent`: the door, `intent_of`: the one place that decides what a message is taken for.
- `message`: a message as the rules read it, and the length above which it can only be a question.
- `references`, `doctors`: "the second one", "what did Dr. Roe say?".
- `filters`: "only dermatologists", "any doctor".
- `small_talk`, `commands`: what is no question to doctors.
- `query`, `followups`: what a message asks, and what is searched with; what a follow-up carries over.
- `urgency`: whether a message tells an emergency.
- `patterns`: phrases as the data files write them.
"""
