"""Finds a letter's template and fills it in: Markdown with Jinja's marks.

A town's folder comes before the shipped one, file by file, so a town changes one sentence by one
file. What a template may name is checked before it is filled in: a name that the letter does not
have is told, also when it stands in a branch not taken.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from alerts.letters.escaping import as_text, blank
from alerts.letters.fault import TemplateFault
from alerts.letters.words import Words

SHIPPED = Path(__file__).with_name("shipped")

# What an expression in a template may fail with.
_FAULTS = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)


class Templates:
    """The templates of one language: a town's own if it has them, else the shipped ones. Each is
    read once."""

    def __init__(self, language: str, own: Path | None = None) -> None:
        if own is not None and not own.is_dir():
            raise TemplateFault(f"there is no folder {own} with templates of letters")
        self.folders = (SHIPPED,) if own is None else (own, SHIPPED)
        if language not in self.languages():
            known = ", ".join(self.languages())
            raise TemplateFault(f"there are no letters in {language!r}, only in {known}")
        self.language = language
        self.words = Words(language, self.folders)
        self._jinja = SandboxedEnvironment(
            auto_reload=False,
            loader=FileSystemLoader([folder / language for folder in self.folders]),
            undefined=StrictUndefined,
            finalize=as_text,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters |= self.words.filters() | {"blank": blank}
        self._names: dict[str, set[str]] = {}  # what each template names, once it was read

    def languages(self) -> list[str]:
        """The languages that have letters: the folders' names."""
        found = {
            path.name
            for folder in self.folders
            for path in folder.iterdir()
            if path.is_dir() and any(path.glob("*.md"))
        }
        return sorted(found)

    def fill(self, name: str, values: Mapping[str, Any]) -> str:
        """The Markdown of a template with its values."""
        try:
            self._check(name, set(values))
            return self._jinja.get_template(f"{name}.md").render(values)
        except TemplateNotFound as fault:
            raise TemplateFault(f"there is no {fault.name} in {self._where()}") from fault
        except UnicodeDecodeError as fault:
            raise TemplateFault(f"a template in {self._where()} is not UTF-8") from fault
        except TemplateError as fault:
            where = getattr(fault, "name", None) or f"{name}.md"
            line = getattr(fault, "lineno", None)
            at = f":{line}" if line else ""
            raise TemplateFault(f"{self.language}/{where}{at}: {fault.message}") from fault
        except _FAULTS as fault:
            raise TemplateFault(f"{self.language}/{name}.md: {fault}") from fault

    def _where(self) -> str:
        return " or ".join(str(folder / self.language) for folder in self.folders)

    def names(self, name: str) -> set[str]:
        """What a template and all that it includes name, and do not set themselves."""
        if name not in self._names:
            self._names[name] = self._named(name)
        return self._names[name]

    def _named(self, name: str) -> set[str]:
        found = list(self._parsed(f"{name}.md", set()))
        return set().union(*(meta.find_undeclared_variables(tree) for tree in found)) - {
            target.name
            for tree in found
            for assignment in tree.find_all(nodes.Assign)
            for target in assignment.find_all(nodes.Name)
            if target.ctx == "store"
        }

    def _check(self, name: str, known: set[str]) -> None:
        unknown = self.names(name) - known
        if unknown:
            raise TemplateFault(
                f"{self.language}/{name}.md names {', '.join(sorted(unknown))}, which the letter "
                f"does not have; it has {', '.join(sorted(known))}"
            )

    def _parsed(self, path: str, seen: set[str]) -> Iterator[nodes.Template]:
        """A template and all that it includes."""
        assert self._jinja.loader is not None
        source, _, _ = self._jinja.loader.get_source(self._jinja, path)
        tree = self._jinja.parse(source, name=path)
        yield tree
        for included in meta.find_referenced_templates(tree):
            if included is not None and included not in seen:
                seen.add(included)
                yield from self._parsed(included, seen)
