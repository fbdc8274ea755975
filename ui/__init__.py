"""Streamlit that the pages share: navigation, cache, selection and URL, cards, exhibits, tables."""
