"""Makes an image of every page of every kind of letter, to be looked at:
`python -m tests.letters.look FOLDER`."""

import sys
from pathlib import Path

from alerts.letters import pdf
from tests.letters.samples import EVERY, LANGUAGES, given, lived, sample, templates
from tests.letters.samples import letter as written


def main(folder: Path) -> None:
    """Write the images and say how many pages each letter takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        made = {name: sample(name, language) for name in EVERY}
        added = given(protected_way=True)
        made["protected-way"] = written(
            "visit-arrears", lived("visit-arrears", True), added, language
        )
        for name, letter in made.items():
            pages = pdf.images(letter.document, templates(language))
            for at, page in enumerate(pages, 1):
                (folder / f"{name}-{language}-{at}.png").write_bytes(page)
            print(f"{name} {language}: {len(letter.document.sheets)} sheets, {len(pages)} pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
