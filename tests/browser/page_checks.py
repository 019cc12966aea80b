"""What is checked of a page that a browser shows: accessibility, and its width on a phone."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.toolchain import Toolchain

PHONE_WIDTH = 360
_PHONE_HEIGHT = 740
# WCAG 2.1 at level AA is what the law on digital public service asks of a municipality.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_RUN_AXE = """async (tags) => {
    const found = await axe.run(document, {
        runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
    });
    return found.violations.map(({id, impact, nodes}) => (
        {rule: id, impact, targets: nodes.map((node) => node.target.flat().join(' '))}
    ));
}"""
_WHAT_STICKS_OUT = """() => {
    const root = document.documentElement, width = root.clientWidth;
    const name = ({localName, id, classList}) =>
        [localName + (id && '#' + id), ...classList].join('.');
    const pen = document.createElement('canvas').getContext('2d');
    const cut = [...document.querySelectorAll('input[placeholder]')].filter((field) => {
        const style = getComputedStyle(field);
        pen.font = style.font;
        const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        return pen.measureText(field.placeholder).width > field.clientWidth - padding;
    });
    if (cut.length) return cut.map((field) => `the hint of ${name(field)} is cut`);
    if (root.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > width + 0.5);
    return [`${root.scrollWidth} px in ${width}`, ...wide.map(name)];
}"""


@dataclass(frozen=True)
class Violation:
    """A rule of WCAG that a page breaks, and the CSS selectors of where."""

    rule: str
    impact: str
    targets: tuple[str, ...]


def axe_violations(page: Page) -> list[Violation]:
    """What axe-core finds on the page as it is now; the page's own CSP does not matter.

    AssertionError if the page's profile has JavaScript switched off: axe-core would never answer.
    """
    assert page.evaluate("() => matchMedia('(scripting: enabled)').matches"), "needs JavaScript"
    # Evaluated by the debugger: a script element would be refused where scripts are forbidden.
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate((Toolchain().modules / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(_RUN_AXE, _RULES)
    return [Violation(one["rule"], str(one["impact"]), tuple(one["targets"])) for one in found]


def overflows(page: Page) -> list[str]:
    """How wide the page is and what sticks out, if it scrolls sideways on a phone, or which field
    has no room for its hint; else nothing.

    The page has its own width again afterwards.
    """
    before = page.viewport_size
    page.set_viewport_size({"width": PHONE_WIDTH, "height": _PHONE_HEIGHT})
    try:
        return [str(line) for line in page.evaluate(_WHAT_STICKS_OUT)]
    finally:
        if before is not None:
            page.set_viewport_size(before)
