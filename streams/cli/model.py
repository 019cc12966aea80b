"""`bokvar model`: the risk models that were trained, and which one ranks the list."""

from typing import Annotated

import typer

from alerts.learning import artefact, drift
from alerts.learning.manifest import read_manifest, readable
from alerts.learning.shelf import Shelf
from streams.cli.learning import AsJson, known_faults, models_folder
from streams.cli.model_drift import drift as since
from streams.cli.model_drift import told
from streams.cli.screen import say, show_json
from streams.cli.system import System, opened
from streams.rules.promote import Ranked, promotable, rank_by
from streams.rules.promote import promote as bring
from streams.rules.promote import rollback as undo

app = typer.Typer(help="Risk models: list, look, and say which one ranks the list.")
app.command("drift")(since)
Name = Annotated[str, typer.Argument(metavar="MODEL", help="A model's name, as `list` has it.")]


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """The models that are kept, and whether each may take the scorecard's place."""
    with known_faults():
        found = list(readable(models_folder()))
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
        folder = models_folder()
        found = read_manifest(folder, name)
        members = len(artefact.load(folder, name).members)
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
    looked = drift.newest(folder, name)
    for line in () if looked is None else told(looked):
        say(line)
    if looked is None:
        say(f"Nobody has looked at what became of it since: `bokvar model drift {name}` does.")


@app.command()
def promote(name: Name, as_json: AsJson = False) -> None:
    """The model ranks the list from here on, in the scorecard's place, if it passed every test.

    It is kept in the database, where all workers find it. They go on running.
    """
    with known_faults(), opened() as system:
        done = bring(*system, promotable(system.settings, name))
        _tell(done, system, as_json)


@app.command()
def rollback(as_json: AsJson = False) -> None:
    """Undo the last change of model: the one before it ranks the list again, or the scorecard."""
    with known_faults(), opened() as system:
        _tell(undo(*system), system, as_json)


@app.command()
def off(as_json: AsJson = False) -> None:
    """No model ranks the list: the scorecard does, from here on."""
    with known_faults(), opened() as system:
        _tell(rank_by(*system, ""), system, as_json)


def _tell(done: Ranked, system: System, as_json: bool) -> None:
    if as_json:
        show_json(done)
        return
    now, before = (_named(system, model) for model in (done.model, done.before))
    if not done.changed:
        say(f"{now} ranks the list already: nothing is new.".capitalize())
        return
    say(
        f"{now} ranks the list from here on, {before} did before. Tasks that are open are ranked "
        "anew as the workers read of it, all other leases when they are looked at next."
    )


def _named(system: System, model: str) -> str:
    shelf = Shelf(system.engine, system.settings.models)
    return f"Model {shelf.name(model) or model}" if model else "The scorecard"
