"""What is wrong with a file's rows, and what its words say against them."""
