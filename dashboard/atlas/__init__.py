"""The pages of the atlas: units -> leaves (worded numbers) -> a PDF that is bound. Below the export formats."""
