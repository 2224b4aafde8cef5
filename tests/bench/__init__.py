"""Tests of `bench`: the scorers on small cases with figures worked out by hand, and on the data where it is here."""
