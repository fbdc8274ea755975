"""What every Plotly chart of the pages is told: no bar, no zoom, and Danish numbers."""

# Plotly's own few words, for the hover boxes and whatever it may show of itself.
CHART_CONFIG = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "locale": "da",
    "locales": {
        "da": {
            "dictionary": {},
            "format": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]},
        }
    },
}
