"""A file's figures compared with what is published: scale, jumps, repeats, first ones."""
