"""How fast the worklist's pages are with a million leases and twenty thousand open tasks."""
