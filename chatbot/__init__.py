"""The chatbot room: the conversation, the page and the command line.

In comes a message; out goes a `Reply`: pages with doctors' answers and their citations, related pages, or an
abstention. Every front (the page, `ask`, `chat`) calls `Conversation.ask` and shows its `Reply`.

- `conversation`: `Conversation`, the one way from a message to a reply; `turns`, `reply`: its records.
- `understanding`: emergencies, what a message is taken for, references, filters, follow-ups, and the query.
- `answering`: which pages and answers are shown, and how much of them.
- `rendering`: a reply as Markdown, plain text and in a terminal; `texts`: its sentences by language.
- `page`: the Gradio page; `commands`: the command line; `evaluation`: queries and their scoring.
"""
