"""How long the files and functions of the three rooms are: `make sizes`."""

import ast
from statistics import quantiles

from tests.processes import ROOT

ROOMS = ("models", "alerts", "streams")
MOST_A_FILE, MOST_A_FUNCTION = 150, 22  # lines, at the ninetieth percentile


def sizes() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Lines of every file, and of every function, each with its place; longest first."""
    files, functions = [], []
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        text, place = path.read_text("utf-8"), str(path.relative_to(ROOT))
        if not text.strip():
            continue
        files.append((text.count("\n"), place))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                functions.append((lines, f"{place}:{node.lineno} {node.name}"))
    return sorted(files, reverse=True), sorted(functions, reverse=True)


def p90(measured: list[tuple[int, str]]) -> float:
    """The ninetieth percentile of the lines."""
    return quantiles([lines for lines, _ in measured], n=10, method="inclusive")[-1]


def main() -> None:
    """Print both, with the longest of each."""
    for name, measured, most in zip(
        ("file", "function"), sizes(), (MOST_A_FILE, MOST_A_FUNCTION), strict=True
    ):
        median = sorted(lines for lines, _ in measured)[len(measured) // 2]
        print(f"{len(measured)} {name}s: median {median} lines, p90 {p90(measured):g}", end="")
        print(f" (under {most}); the longest:")
        for lines, place in measured[:5]:
            print(f"  {lines:4d}  {place}")


if __name__ == "__main__":
    main()
