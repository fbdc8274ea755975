"""Small numbers: primary and secondary suppression over one system of sums."""
