"""The topics, by their names before any prefix."""

EVENTS = "rent.events.v1"
DEAD_RECORDS = "rent.events.dlq.v1"
VISIT_TASKS = "visit.tasks.v1"
LEASE_RISK = "lease.risk.v1"
LANDLORD_FEEDBACK = "landlord.feedback.v1"
