"""A playbook that is asked for on the command line, and the language in which it is told."""

import os

from alerts import settings as options
from alerts.language.sentences import Language, language
from alerts.playbooks.compiled import Way
from alerts.playbooks.own import named, own_towns
from alerts.playbooks.towns import Towns
from streams.cli.system import told


def playbook(name: str) -> Way:
    """A playbook by its name or its file."""
    with told():
        return named(name)


def known() -> Towns:
    """The shipped playbooks, with those of the folder in BOKVAR_PLAYBOOKS."""
    with told():
        return own_towns()


def spoken() -> Language:
    """The system's language."""
    with told():
        return language(options.read(os.environ).language)
