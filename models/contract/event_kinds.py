"""Sets of event types, by what those who handle them must know of them; each set is only here."""

from msgspec import Struct

from models.contract import facts

AT_COURT_OR_ENFORCEMENT = frozenset(
    {
        facts.ClaimFiled,
        facts.ClaimServed,
        facts.ClaimDisputed,
        facts.ClaimDecided,
        facts.ClaimWithdrawn,
        facts.EvictionApplied,
        facts.EvictionScheduled,
        facts.EvictionDeferred,
        facts.EvictionCancelled,
        facts.EvictionExecuted,
    }
)
# Published to every partition.
EVERYWHERE: frozenset[type[Struct]] = frozenset(
    {facts.CalendarDay, facts.FeedCompleted, facts.RulesChanged}
)
# Bokvar's own marks that a record about the lease was set aside; they hold nothing for a lease.
MARKS = frozenset({facts.RecordSetAside, facts.RecordCleared})
# The register of rent guarantees, which outlives the case.
GUARANTEES: frozenset[type[Struct]] = frozenset(
    {facts.GuaranteeGiven, facts.GuaranteeDrawn, facts.GuaranteeEnded}
)
# What people at the municipality have done and decided.
ACTS: frozenset[type[Struct]] = GUARANTEES | {
    facts.VisitReported,
    facts.TaskPlanned,
    facts.TaskAssigned,
    facts.TaskWaits,
    facts.CaseRaised,
    facts.CaseLowered,
    facts.CaseQuestionAsked,
    facts.CaseMapped,
    facts.ActWithdrawn,
}
# Papers of the law: news on the day on which each becomes known, whatever its own day. Those of a
# municipality, which the law sends to the board itself or of which it asks, need no landlord.
PAPERS = AT_COURT_OR_ENFORCEMENT | {facts.CouncilNotified, facts.NoticeServed}
# The law's clock turns on these: the lease is decided about at once.
URGENT = AT_COURT_OR_ENFORCEMENT | {
    facts.NoticeServed,
    facts.NoticeWithdrawn,
    facts.CouncilNotified,
    facts.CouncilRentAssumed,
    facts.DisturbanceReported,
}
# Of a lease with a case these change the task at once; of others when the day ends.
TELLING = (
    MARKS
    | ACTS
    | {
        facts.LeaseRegistered,
        facts.RentPaid,
        facts.RentDeposited,
        facts.RentCredited,
        facts.PlanAgreed,
        facts.PlanEnded,
        facts.LeaseChanged,
        facts.LeaseEnded,
        facts.LeaseEndingWithdrawn,
        facts.HouseholdUpdated,
        facts.TenantContacted,
        facts.ConsentGiven,
        facts.ObjectionMade,
    }
)
