"""What a first pass at the market in barrels gave, beside what the market gives now."""
