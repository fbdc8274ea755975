"""Rows of three quarters and their city, of which some are small."""

# Three quarters of Aarhus and their total. 3 is small, and what 12 and 9 leave of 24.
ROWS = """nøgletal;område;periode;værdi;tæller;nævner;note;som udgivet
nsk_cases;gellerup;2026K1;3;;;i alt 3 sager;kun 3
nsk_cases;viby_syd;2026K1;12;;;;
nsk_cases;tilst;2026K1;9;;;;
nsk_cases;aarhus;2026K1;24;;;;
sanction_share;aarhus;2026;98,0;48;49;;
"""
