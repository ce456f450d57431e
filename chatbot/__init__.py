"""The chatbot room: the conversation, the page and the command line.

In comes a message; out goes a `Reply`: extracts of doctors' answers with their citations, or an
abstention. Every front (the page, `ask`, `chat`) calls `Conversation.ask` and shows its `Reply`.

- `conversation`: `Conversation`, the one way from a message to a reply.
- `extracts`, `reply`, `wording`: what is quoted, and how it is said.
- `page`: the Gradio page; `commands`: the command line.
"""
