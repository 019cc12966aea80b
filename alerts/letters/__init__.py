"""Letters and documents: what stands in each is worked out from a lease's situation, its words are
templates that a town can change, and it is written as PDF, for Word, or as plain text."""
