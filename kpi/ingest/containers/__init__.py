"""What files are packed in, and the processes and limits that foreign ones are read in."""
