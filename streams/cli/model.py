"""`bokvar model`: the risk models that were trained."""

from typing import Annotated

import typer

from alerts.learning import artefact
from streams.cli.learning import AsJson, known_faults, models_folder
from streams.cli.screen import say, show_json

app = typer.Typer(help="The risk models that were trained: list and look.")
Name = Annotated[str, typer.Argument(metavar="MODEL", help="A model's name, as `list` has it.")]


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """The models that are kept, and whether each may take the scorecard's place."""
    with known_faults():
        found = list(artefact.manifests(models_folder()))
    if as_json:
        show_json(found)
        return
    for one in found:
        may = "may be promoted" if one.promotable else f"failed {', '.join(one.failed)}"
        say(f"{one.name}  {one.kind}, trained on {one.trained_on}: {may}")
    if not found:
        say("No model has been trained; `bokvar train` makes one.")


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """What is known of a model; its file is read, and refused if it was changed."""
    with known_faults():
        found = artefact.read_manifest(models_folder(), name)
        members = len(artefact.load(models_folder(), name).members)
    if as_json:
        show_json(found)
        return
    say(f"{found.name}: {found.kind}, {members} members, {len(found.features)} features")
    say(f"trained on {found.trained_on} with seed {found.seed}, on data {found.data[:16]}")
    say(f"file {found.sha256}")
    say("libraries: " + ", ".join(f"{one} {number}" for one, number in found.versions.items()))
    say(
        "passed every test of the gate"
        if found.promotable
        else "failed: " + ", ".join(found.failed)
    )
