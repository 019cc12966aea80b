"""Each town's way of working, as short stories from the report: who gets what by when, who not."""
