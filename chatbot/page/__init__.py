"""The Gradio page.

- `server`: starts it, with every default that a private page must not have turned off.
- `layout`: what stands where, and what calls what; `assets/` has its looks and what runs in the browser.
- `events`: what happens when a person asks, goes back, opens a source, or restores a conversation.
- `messages`, `html`, `templates/`: replies and records as Markdown and HTML, with everything escaped.
- `browse`: the tab in which the corpus is read; `map`: its questions as points.
- `keeping`: a conversation as Markdown or as a page to print; `feedback`: a thumb up or down, where it is stored.
- `loader`: opens the index beside the page.
"""
