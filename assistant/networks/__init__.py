"""WHAT each network allows: its limits, how it counts, its habits. Data in `networks.toml`, one way through for all."""
