"""A letter as one HTML page that prints on A4; blanks are marked, notes are not printed."""

import re
from datetime import date
from html import escape

from alerts.language.sentences import language
from alerts.letters.sheet import Sheet, Signatory

_SV = language("sv")  # letters are Swedish
_BLANK = re.compile(r"\[\[(.+?)\]\]")
_STYLE = """
@page { size: A4; margin: 18mm 24mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ebee; color: #16191d; font: 11.5pt/1.5 "Source Serif 4", Georgia,
  "DejaVu Serif", serif; }
main { width: 210mm; max-width: 100%; margin: 8mm auto; padding: 22mm 24mm; background: #fff;
  box-shadow: 0 1px 4px rgb(0 0 0 / 20%); display: flex; flex-direction: column;
  min-height: 297mm; }
header { display: flex; justify-content: space-between; gap: 8mm; font-size: 10.5pt;
  border-bottom: 1.2pt solid #1f4e79; padding-bottom: 3mm; }
header strong { color: #1f4e79; }
address { font-style: normal; margin: 12mm 0 10mm 50%; }
h1 { font-size: 16pt; line-height: 1.25; margin: 0 0 6mm; }
p { margin: 0 0 4mm; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 6mm; }
th, td { text-align: left; vertical-align: top; padding: 1.6mm 3mm 1.6mm 0;
  border-bottom: .4pt solid #b8bec6; font-weight: normal; }
th { width: 38%; color: #4a525c; }
.sign { margin-top: 10mm; }
.sign p { margin: 0 0 14mm; }
.sign .line { border-top: .6pt solid #16191d; width: 95mm; padding-top: 1mm; margin: 0; }
footer { margin-top: auto; padding-top: 4mm; border-top: .4pt solid #b8bec6; font-size: 9.5pt;
  color: #4a525c; }
.blank { background: #fff2b3; border-bottom: .8pt dashed #8a6d00; padding: 0 .6mm; }
aside { width: 210mm; max-width: 100%; margin: 8mm auto 0; padding: 5mm 8mm; background: #fff8dd;
  border-left: 2mm solid #d9a800; font: 10.5pt/1.45 "Source Sans 3", "DejaVu Sans", sans-serif; }
aside ul { margin: 2mm 0 0; padding-left: 5mm; }
aside li { margin: 0 0 1.5mm; }
@media print {
  body { background: none; font-size: 11pt; line-height: 1.45; }
  aside { display: none; }
  main { display: block; width: auto; margin: 0; padding: 0; box-shadow: none; min-height: 0;
    break-after: page; }
  tr, .sign, footer { break-inside: avoid; }
  address { margin: 9mm 0 8mm 50%; }
  footer { margin-top: 9mm; }
  main:last-of-type { break-after: auto; }
  .blank { background: none; }
}
"""


def render(
    sheets: tuple[Sheet, ...],
    signatory: Signatory,
    on: date,
    legal_basis: str,
    notes: tuple[str, ...],
) -> str:
    """All sheets as one page of HTML, with the notes for the caseworker above them."""
    title = escape(sheets[0].title)
    body = "\n".join(_sheet(sheet, signatory, on, legal_basis) for sheet in sheets)
    remarks = "".join(f"<li>{_marked(note)}</li>" for note in notes)
    return (
        '<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<aside><strong>Till handläggaren (skrivs inte ut)</strong><ul>{remarks}</ul></aside>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _sheet(sheet: Sheet, signatory: Signatory, on: date, legal_basis: str) -> str:
    facts = "".join(
        f'<tr><th scope="row">{_marked(name)}</th><td>{_marked(value)}</td></tr>'
        for name, value in sheet.facts
    )
    signature = "".join(
        f"<p{' class=line' if at else ''}>{_marked(line)}</p>"
        for at, line in enumerate(sheet.signature)
    )
    return "\n".join(
        [
            "<main>",
            f"<header><strong>{_marked(signatory.board)}</strong><span>{_SV.day(on)}</span></header>",
            f"<address>{'<br>'.join(map(_marked, sheet.to))}</address>",
            f"<h1>{_marked(sheet.title)}</h1>",
            *(f"<p>{_marked(text)}</p>" for text in sheet.before),
            f"<table>{facts}</table>" if facts else "",
            *(f"<p>{_marked(text)}</p>" for text in sheet.after),
            f'<div class="sign">{signature}</div>' if signature else "",
            f"<footer>{_marked(legal_basis)}</footer>",
            "</main>",
        ]
    )


def _marked(text: str) -> str:
    return _BLANK.sub(r'<span class="blank">\1</span>', escape(text))
