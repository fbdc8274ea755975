"""The gate for personal data: what is searched before a file is kept or read on."""
