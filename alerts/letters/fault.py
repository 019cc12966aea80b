"""A letter's template cannot be used; the sentence says which, and what to mend."""


class TemplateFault(Exception):
    """One sentence for whoever wrote the template."""
