"""The operating system: whole files, temporary folders, refusals in Danish, logs."""
