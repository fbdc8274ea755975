"""Tests of what is fetched from sources, against an imitation of them on this machine."""
