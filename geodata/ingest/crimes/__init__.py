"""What happened: categories by their wording or by the article of the law. Knows no place and no time."""
