"""From a guide to text, Markdown and JSON, and all German wording."""
