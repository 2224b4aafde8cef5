"""Tests of `corpus`: how annotations are compared, on cases worked out by hand."""
