"""The pages, a file a subject: each reads or acts, and answers with a template."""
