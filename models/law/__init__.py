"""What does the law say? Working days, the statutory clock, the income-support norm: dates and sums
alone, of no lease."""
