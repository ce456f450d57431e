"""From paths to text: files, folders and packed files, what format they have, their encoding, and how much is read."""
