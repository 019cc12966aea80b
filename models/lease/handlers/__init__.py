"""What each kind of fact changes in a lease; `models.lease.fold` chooses among them."""
