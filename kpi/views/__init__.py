"""What each page shows, as values: built from the store, drawn by pages and exports alike."""
