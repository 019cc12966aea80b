"""Pictures as SVG: classes in place of styles, a title and a description, a table beside."""
