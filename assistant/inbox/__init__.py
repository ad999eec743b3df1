"""Comments to answers: what is decided before anybody writes."""
