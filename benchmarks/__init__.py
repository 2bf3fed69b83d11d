"""What the slow paths cost, beside a bare view on the same server and database. `make bench`; never part of the suite."""
