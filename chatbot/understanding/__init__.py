"""What a message means, before anything is searched.

- `intent`: the door, `intent_of`: the one place that decides what a message is taken for.
- `message`: a message as the rules read it, and the length above which it can only be a question.
- `references`, `doctors`: reference resolution: "the second one", "what did Dr. Roe say?".
- `filters`: filter extraction: "only dermatologists", "any doctor".
- `small_talk`, `commands`: what is no question to doctors.
- `query`, `followups`: what a message asks, and what is searched with; query resolution of follow-ups.
- `urgency`: whether a message describes an emergency.
- `patterns`: phrases as the data files write them.
"""
