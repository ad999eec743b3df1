"""What becomes of a draft: states, the service that moves them, the record of it. Nothing here publishes."""
