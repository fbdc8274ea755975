"""What single texts mean: numbers, periods, units, statuses, names and heads."""
