"""What is asked now? A lease's situation, the tasks it asks for, and whom to see first."""
