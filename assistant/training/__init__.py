"""Training: drills made of clauses and rules, their grading, when they come again, classes and their results."""
