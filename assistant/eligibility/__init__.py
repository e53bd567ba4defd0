"""What an enterprise qualifies for: three-valued, over dated rules that quote their clauses; pure."""
