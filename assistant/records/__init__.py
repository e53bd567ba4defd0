"""What was answered and from what: kept, checked, answered again, and gathered for those who improve it."""
