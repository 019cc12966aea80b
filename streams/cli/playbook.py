"""`bokvar playbook`: the ways of working that towns follow, as data that a town can write."""

import typer

from streams.cli.playbook_check import check
from streams.cli.playbook_compare import compare
from streams.cli.playbook_list import list_
from streams.cli.playbook_new import new
from streams.cli.playbook_show import show
from streams.cli.playbook_year import year

app = typer.Typer(help="The ways of working that towns follow: look, check, write, compare.")
app.command("list")(list_)
app.command()(show)
app.command()(check)
app.command()(new)
app.command()(compare)
app.command()(year)
