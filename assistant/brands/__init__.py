"""WHO is speaking: the brand kit, its folder, the measured voice and layout."""
