"""A schematic province from public facts and a seeded incident simulator."""
