"""How Danish personal numbers (CPR) are written, and what only looks like one."""
