"""Values -> markup: card, legend, notice, control."""
