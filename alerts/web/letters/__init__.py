"""How is a letter filled in on a page, shown, and handed over as a file?"""
